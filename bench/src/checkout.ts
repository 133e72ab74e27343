import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';

/** A checkout of this repository, set up. */
export interface Checkout {
  readonly folder: string;
  /** Its commit, with `+` if files have changed since. */
  readonly revision: string;
}

/** How both checkouts compute. */
export interface Compute {
  readonly backend: string;
  readonly threads: number;
}

/** A command's outcome. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs `deepbelief` with arguments, in a checkout. */
export type RunCommand = (
  checkout: Checkout,
  args: readonly string[],
  stopWhen?: () => boolean,
) => Promise<Ran>;

/** Inspects a checkout. Throws a one-line RangeError if nothing can be run in it. */
export async function openCheckout(folder: string): Promise<Checkout> {
  const root = resolve(folder);
  if (!existsSync(join(root, 'apps', 'cli', 'src', 'main.ts')))
    throw new RangeError(`${folder} is not a checkout of deepbelief: there is no apps/cli in it`);
  if (!existsSync(join(root, 'node_modules')))
    throw new RangeError(`${folder} is not set up: run npm run setup in it`);
  const git = async (...args: string[]): Promise<string> =>
    (await execa('git', args, { cwd: root, reject: false })).stdout;
  const commit = await git('rev-parse', '--short', 'HEAD');
  const changed = (await git('status', '--porcelain', '--untracked-files=no')) !== '';
  return { folder: root, revision: `${commit}${changed ? '+' : ''}` };
}

/** How often to check a run that should be stopped, in milliseconds. */
const LOOK_EVERY = 20;

/**
 * Makes a function that runs a checkout's command from its sources. All checkouts use this
 * process's Node, because another V8 may round differently.
 */
export function commandRunner(cache: string): RunCommand {
  return async ({ folder }, args, stopWhen) => {
    const start = performance.now();
    const child = execa(
      process.execPath,
      ['--conditions=@deepbelief/source', join(folder, 'apps', 'cli', 'src', 'main.ts'), ...args],
      {
        cwd: folder,
        reject: false,
        stdin: 'ignore',
        // A kernel set chosen by timing may differ from process to process.
        env: { DEEPBELIEF_BLAS_KERNELS: 'default', XDG_CACHE_HOME: cache },
      },
    );
    // Once: a second Ctrl-C ends the command at once.
    const timer = setInterval(() => {
      if (stopWhen?.() !== true) return;
      clearInterval(timer);
      child.kill('SIGINT');
    }, LOOK_EVERY);
    const { exitCode, stdout, stderr } = await child;
    clearInterval(timer);
    return { exitCode, stdout, stderr, seconds: (performance.now() - start) / 1000 };
  };
}
