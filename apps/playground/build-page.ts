import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import config from './vite.config.ts';

const app = fileURLToPath(new URL('.', import.meta.url));
const packages = join(app, '..', '..', 'packages');
const lock = join(app, 'dist.lock.temp');

/** The folder of the built page. */
export const PAGE = join(app, 'dist');

/** After this many milliseconds, a lock belongs to a build that was killed. */
const LOCK_AGE = 180_000;

/**
 * Builds the page into `dist`, whole or not at all, unless it is newer than everything it is built
 * from.
 */
export async function buildPage(): Promise<void> {
  if (await upToDate()) return;
  // Tests and `npm run build` may get here at the same time: one builds, the others wait.
  while (!(await locked())) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (await upToDate()) return;
  }
  const temporary = join(app, `dist.${process.pid}.temp`);
  try {
    if (await upToDate()) return;
    const output = { ...config.build, outDir: temporary };
    await asPublished(() =>
      build({ ...config, configFile: false, root: app, logLevel: 'error', build: output }),
    );
    await rm(PAGE, { recursive: true, force: true });
    await rename(temporary, PAGE);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(lock, { recursive: true, force: true });
  }
}

/** Runs a build as for publishing; in a test environment, libraries would include their checks. */
async function asPublished(make: () => Promise<unknown>): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await make();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function locked(): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LOCK_AGE) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

/** Returns whether the page is newer than its sources, the packages' sources and the lockfile. */
async function upToDate(): Promise<boolean> {
  const index = join(PAGE, 'index.html');
  if (!existsSync(index)) return false;
  const built = (await stat(index)).mtimeMs;
  const own = (await readdir(app))
    .filter((name) => /\.(ts|html|json)$/.test(name))
    .map((name) => join(app, name));
  const folders = [
    join(app, 'src'),
    ...(await readdir(packages)).map((name) => join(packages, name, 'src')),
  ];
  const below = await Promise.all(
    folders.filter((folder) => existsSync(folder)).map(async (folder) => filesBelow(folder)),
  );
  for (const file of [join(packages, '..', 'pnpm-lock.yaml'), ...own, ...below.flat()]) {
    if ((await stat(file)).mtimeMs > built) return false;
  }
  return true;
}

async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).map((name) => join(folder, name));
}
