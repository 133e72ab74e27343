// Chromium for tests. Vitest's browser mode (5.1.1) was tried in its place, with the same browser
// and software GPU. It works, but would serve only two of our four users: the playground's tests
// visit a built page, for which they need this launcher anyway. One test took 7 CPU seconds with it
// and 4 with this file. Without Chromium, its whole project fails, while our tests are skipped one
// by one and say why. So this stays ours; playwright-core does the work.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { serveLocally, type ServedFile } from './local-server.ts';

const EXECUTABLE = '/usr/bin/chromium';

/** Says why nothing can run in Chromium here, or returns undefined. */
export function chromiumMissing(): string | undefined {
  return existsSync(EXECUTABLE)
    ? undefined
    : `${EXECUTABLE} is missing; on Debian, apt-get install chromium brings it`;
}

/** WebGPU through SwiftShader, which needs no GPU, and no network traffic. */
const ARGUMENTS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  // SwiftShader takes half a second to compile code that clears workgroup memory. Our shaders write
  // before they read, so they do not need it.
  '--enable-dawn-features=disable_workgroup_init',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** What to run in a page. */
export interface ChromiumJob {
  /**
   * URL of a TypeScript module of a test that exports `run(argument)`; it is bundled from the
   * packages' sources.
   */
  readonly entry: URL;
  /** Plain data to pass to `run`. */
  readonly argument: unknown;
  /** Files that the page finds at `/` under their own names. */
  readonly files?: readonly URL[];
}

/** Starts headless Chromium with WebGPU through SwiftShader; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

/**
 * Calls a module's `run` in a page of headless Chromium, served from localhost. Returns its result
 * as plain data.
 */
export async function inChromium({ entry, argument, files = [] }: ChromiumJob): Promise<unknown> {
  const script = await bundle(fileURLToPath(entry));
  const served = new Map<string, ServedFile>();
  const add = (path: string, name: string, content: string | Buffer): void =>
    void served.set(path, { name, content });
  add('/', 'index.html', '<!doctype html><title>Test</title><link rel="icon" href="data:,">');
  add('/entry.js', 'entry.js', script);
  for (const file of files) {
    const name = basename(file.pathname);
    add(`/${name}`, name, await readFile(file));
  }
  const server = await serveLocally((path) => served.get(path));
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${server.origin}/`);
      return await page.evaluate(
        `import('/entry.js').then(({ run }) => run(${JSON.stringify(argument)}))`,
      );
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/**
 * Bundles a module and everything it imports into one script. Packages that need Node are left out;
 * importing them fails.
 */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    resolve: { conditions: ['@deepbelief/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['es'], fileName: 'entry' },
      rolldownOptions: {
        external: ['webgpu', /^node:/],
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const made of outputs) {
    if (!('output' in made)) continue;
    for (const chunk of made.output) if (chunk.type === 'chunk' && chunk.isEntry) return chunk.code;
  }
  throw new Error(`inChromium: ${entry} was not bundled`);
}
