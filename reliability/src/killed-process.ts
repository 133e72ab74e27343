import { spawn } from 'node:child_process';

/** When and how a process is killed. */
export interface Kill {
  readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT';
  /** Milliseconds after its start. */
  readonly after: number;
}

/** How a process ended. */
export interface Ending {
  /**
   * `done`: with exit code 0. `killed`: by the signal, or in response to it. `refused`: another
   * process held the folder.
   */
  readonly kind: 'done' | 'killed' | 'refused' | 'fault';
  readonly seconds: number;
  /** Whether it was still running at the time of the kill. */
  readonly hit: boolean;
  /** The end of its standard error. */
  readonly said: string;
}

/** Milliseconds after which a process that was left alone, or asked to stop, counts as hanging. */
const LIMIT = 600_000;

const STOPPED = { SIGTERM: 143, SIGINT: 130, SIGKILL: 137 } as const;

/**
 * Runs a Node process from the sources or the build, on plain wasm, kills it if it is still running
 * at the given moment, and returns how it ended.
 */
export function killedProcess(
  args: readonly string[],
  kill: Kill | undefined,
  built: boolean,
): Promise<Ending> {
  const start = performance.now();
  const env = { ...process.env, DEEPBELIEF_BACKEND: 'wasm' };
  const child = spawn(
    process.execPath,
    [...(built ? [] : ['--conditions=@deepbelief/source']), ...args],
    {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  let hit = false;
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const timers = [
    setTimeout(() => child.kill('SIGKILL'), LIMIT),
    ...(kill === undefined ? [] : [setTimeout(() => (hit = child.kill(kill.signal)), kill.after)]),
  ];
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      const seconds = (performance.now() - start) / 1000;
      const asked =
        hit && kill !== undefined && (signal === kill.signal || code === STOPPED[kill.signal]);
      const refused =
        code === 1 && /^deepbelief: .* (is in use by process|holds a run already)/.test(said);
      const kind = code === 0 ? 'done' : asked ? 'killed' : refused ? 'refused' : 'fault';
      resolve({
        kind,
        seconds,
        hit,
        said: said.trim() || `ended with ${code ?? signal} without a message`,
      });
    });
  });
}
