import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Outcome } from './outcome.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The command line from its source, as a command and its arguments. */
export const DEEPBELIEF: readonly string[] = [
  process.execPath,
  '--conditions=@deepbelief/source',
  MAIN,
];

/** Arranges for a kill at some moment; what it gives calls that off. */
export type Killer = (kill: () => void) => () => void;

/** How a process is started. */
export interface ProcessOptions {
  /** Variables that it sees besides those of this process and plain wasm. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A line of bash that is done first in the same process. */
  readonly shell?: string;
}

/** A running process. */
export interface RunningProcess {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly closeOutput: () => void;
  /** What it has written to standard error. */
  readonly heard: () => string;
  readonly ended: Promise<Outcome>;
}

/** Starts a command, such as `DEEPBELIEF` with arguments, on plain wasm. */
export function startProcess(
  command: readonly string[],
  { environment = {}, shell }: ProcessOptions = {},
): RunningProcess {
  const [file = '', ...args] =
    shell === undefined ? command : ['bash', '-c', `${shell}; exec "$@"`, 'bash', ...command];
  const child = execa(file, args, {
    env: { DEEPBELIEF_BACKEND: 'wasm', ...environment },
    stdin: 'ignore',
    stripFinalNewline: false,
    reject: false,
  });
  let heard = '';
  child.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  return {
    kill: (signal) => void child.kill(signal),
    closeOutput: () => child.stdout.destroy(),
    heard: () => heard,
    ended: child.then(({ exitCode, signal, stdout, stderr }) => ({
      code: exitCode,
      signal,
      stdout,
      stderr,
    })),
  };
}

/**
 * Runs the command line in a process of its own, for tests that are about processes. Others use
 * `deepbelief`.
 *
 * @param killer ends it with SIGKILL
 */
export async function deepbeliefProcess(
  args: readonly string[],
  { killer, ...options }: ProcessOptions & { readonly killer?: Killer | undefined } = {},
): Promise<Outcome> {
  const { kill, ended } = startProcess([...DEEPBELIEF, ...args], options);
  const callOff = killer?.(() => kill('SIGKILL'));
  const outcome = await ended;
  callOff?.();
  return outcome;
}
