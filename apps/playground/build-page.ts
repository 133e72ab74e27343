import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import config from './vite.config.ts';

const app = fileURLToPath(new URL('.', import.meta.url));
const repository = join(app, '..', '..');

/** The folder of the built page. */
export const PAGE = join(app, 'dist');

/** Builds the page into `dist`, whole or not at all, unless it is newer than all that it is made of; says whether. */
export async function buildPage(): Promise<'built' | 'up to date'> {
  const index = join(PAGE, 'index.html');
  if (existsSync(index) && (await stat(index)).mtimeMs > (await newest())) return 'up to date';
  const temporary = join(app, `dist.${process.pid}.temp`);
  try {
    await build({
      ...config,
      configFile: false,
      root: app,
      logLevel: 'error',
      build: { ...config.build, outDir: temporary },
    });
    // Two builds at once may meet here: whoever comes second replaces the same files.
    await rm(PAGE, { recursive: true, force: true });
    await rename(temporary, PAGE);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return 'built';
}

/** When a source of the page or of a package was last changed. */
async function newest(): Promise<number> {
  const packages = await readdir(join(repository, 'packages'));
  const folders = [join(app, 'src'), ...packages.map((name) => join(repository, 'packages', name, 'src'))];
  const files = [
    'index.html',
    'package.json',
    'vite.config.ts',
    'digits-plugin.ts',
    'formulas-plugin.ts',
    'build-page.ts',
  ];
  let latest = (await stat(join(repository, 'pnpm-lock.yaml'))).mtimeMs;
  for (const file of files) latest = Math.max(latest, (await stat(join(app, file))).mtimeMs);
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const entry of await readdir(folder, { recursive: true })) {
      latest = Math.max(latest, (await stat(join(folder, entry))).mtimeMs);
    }
  }
  return latest;
}
