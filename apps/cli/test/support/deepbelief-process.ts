import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What a run of the command came to. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Arranges for a kill at some moment; what it gives calls that off. */
export type Killer = (kill: () => void) => () => void;

/** Runs the command from its source on plain wasm; killed if a killer says so. */
export function deepbelief(
  args: readonly string[],
  { killer, shell }: { readonly killer?: Killer | undefined; readonly shell?: string } = {},
): Promise<Outcome> {
  const command = [process.execPath, '--conditions=@deepbelief/source', MAIN, ...args];
  const env = { ...process.env, DEEPBELIEF_BACKEND: 'wasm' };
  const child =
    shell === undefined
      ? spawn(command[0]!, command.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('bash', ['-c', `${shell}; exec "$@"`, 'bash', ...command], {
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const callOff = killer?.(() => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      callOff?.();
      resolve({ code, signal, stdout, stderr });
    });
  });
}
