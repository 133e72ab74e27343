import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../../../tooling/src/in-chromium.ts';
import { serveLocally } from '../../../../tooling/src/local-server.ts';
import { buildPage, PAGE } from '../../build-page.ts';
import { HEADERS } from '../../content-security-policy.ts';

type Browser = Awaited<ReturnType<typeof launchChromium>>;

/** The built page on its own server, below a path, and a browser to open it. */
export interface ServedPage {
  readonly browser: Browser;
  /** The folder's URL, which ends with /. There is also an empty page at `empty`. */
  readonly url: string;
  /** The same folder, served with the headers that `npm run playground` sends. */
  readonly guardedUrl: string;
  /** URL of the worker's script. */
  readonly worker: string;
  /** Every requested path, and the bytes that were sent. */
  readonly requests: { readonly path: string; readonly bytes: number }[];
  close(): Promise<void>;
}

const PREFIX = '/some/where/';
const GUARDED = '/some/where/guarded/';

/**
 * Builds the page if it is out of date, serves it with and without special headers, and starts
 * Chromium.
 */
export async function servePage(): Promise<ServedPage> {
  await buildPage();
  const requests: ServedPage['requests'] = [];
  const server = await serveLocally(async (path) => {
    const prefix = path.startsWith(GUARDED) ? GUARDED : PREFIX;
    const headers = prefix === GUARDED ? HEADERS : {};
    const name = path === prefix ? 'index.html' : path.slice(prefix.length);
    const content = path.startsWith(PREFIX) ? await contentOf(name) : undefined;
    requests.push({ path: name, bytes: content?.length ?? 0 });
    return content === undefined ? undefined : { name, content, headers };
  });
  const { origin } = server;
  const url = origin + PREFIX;
  const script = readdirSync(join(PAGE, 'assets')).find((name) => /^worker-.*\.js$/.test(name))!;
  const browser = await launchChromium();
  return {
    browser,
    url,
    guardedUrl: origin + GUARDED,
    worker: `${url}assets/${script}`,
    requests,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function contentOf(name: string): Promise<string | Buffer | undefined> {
  if (name === 'empty.html')
    return '<!doctype html><title>Test</title><link rel="icon" href="data:,">';
  return readFile(join(PAGE, name)).catch(() => undefined);
}
