import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What a run of the command came to. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from its first line of progress to its end. */
  readonly worked: number;
}

/** When a run is killed: so many milliseconds after its start, or after its first line of progress. */
export interface Kill {
  readonly after: number;
  readonly from: 'start' | 'progress';
}

/** Runs the command from its source on plain wasm; kills it, if asked to. */
export function deepbelief(
  args: readonly string[],
  { kill, shell }: { readonly kill?: Kill; readonly shell?: string } = {},
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
  let progressAt = Infinity;
  let timer: NodeJS.Timeout | undefined;
  const killLater = (from: Kill['from']): void => {
    if (kill?.from === from) timer ??= setTimeout(() => child.kill('SIGKILL'), kill.after);
  };
  killLater('start');
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    progressAt = Math.min(progressAt, performance.now());
    killLater('progress');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, worked: Math.max(0, performance.now() - progressAt) });
    });
  });
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deepbelief-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** All files below a folder by their paths in it, as base64. */
export function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}
