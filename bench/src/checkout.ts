import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';

/** A checkout of this repository that is set up. */
export interface Checkout {
  readonly folder: string;
  /** Its commit, `+` behind it where files have been changed since. */
  readonly revision: string;
}

/** How both checkouts compute. */
export interface Compute {
  readonly backend: string;
  readonly threads: number;
}

/** What a command came to. */
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

/** Looks at a checkout. Throws a RangeError of one line where nothing can be run in it. */
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

/** How often a run that is to be stopped is looked at, in milliseconds. */
const LOOK_EVERY = 20;

/**
 * A function that runs the command of a checkout from its sources, with the Node of this process
 * for all checkouts: another V8 may round otherwise.
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
        // A kernel set that is chosen by timing may be another one in each process.
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
