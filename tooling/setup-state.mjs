// Records what is installed, so that the next run knows it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** In node_modules, so that removing node_modules removes it too. */
const stamp = join(repository, 'node_modules', '.deepbelief-setup.json');

/** What packages/backend/assembly/build.mjs makes. */
const compiledKernels = join(repository, 'packages', 'backend', 'src', 'kernels.generated.ts');

/** A failure with a one-line message that includes the remedy. */
export class SetupError extends Error {}

/** @param {string} message */
export function fail(message) {
  process.stderr.write(`setup: ${message}\n`);
  process.exitCode = 1;
}

/**
 * The hash of everything that determines an installation: manifests, lockfile, kernels, platform.
 */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0`);
  const folders = ['packages', 'apps']
    .map((folder) => join(repository, folder))
    .filter((folder) => existsSync(folder));
  const manifests = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name, 'package.json')),
  );
  manifests.sort();
  // Installation compiles the kernels.
  const assembly = join(repository, 'packages', 'backend', 'assembly');
  const kernels = readdirSync(assembly).map((name) => join(assembly, name));
  kernels.sort();
  const files = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tooling/package.json',
    'bench/package.json',
    'reliability/package.json',
  ];
  for (const file of [...files.map((name) => join(repository, name)), ...manifests, ...kernels]) {
    if (existsSync(file))
      hash.update(file.slice(repository.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * The Node to run with if the installation is complete and matches the manifests; undefined if
 * there is something to do.
 *
 * @returns {string | undefined}
 */
export function readyNode() {
  try {
    const state = /** @type {{ hash: string, node: string }} */ (
      JSON.parse(readFileSync(stamp, 'utf8'))
    );
    return state.hash === wanted() && existsSync(state.node) && existsSync(compiledKernels)
      ? state.node
      : undefined;
  } catch {
    return undefined; // No stamp, or a broken one: install again.
  }
}

/** Called before an installation, so that the next run repeats an interrupted one. */
export function forgetReady() {
  rmSync(stamp, { force: true });
}

/** @param {string} node the Node to run with from now on */
export function rememberReady(node) {
  writeFileSync(stamp, JSON.stringify({ hash: wanted(), node }));
}
