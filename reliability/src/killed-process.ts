import { execa } from 'execa';

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
export async function killedProcess(
  args: readonly string[],
  kill: Kill | undefined,
  built: boolean,
): Promise<Ending> {
  const start = performance.now();
  const source = built ? [] : ['--conditions=@deepbelief/source'];
  const child = execa(process.execPath, [...source, ...args], {
    env: { DEEPBELIEF_BACKEND: 'wasm' },
    stdin: 'ignore',
    stdout: 'ignore',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
    reject: false,
  });
  let hit = false;
  const timer =
    kill === undefined ? undefined : setTimeout(() => (hit = child.kill(kill.signal)), kill.after);
  const { exitCode, signal, stderr, originalMessage } = await child;
  clearTimeout(timer);
  const said = stderr.slice(-2000).trim();
  const asked =
    hit && kill !== undefined && (signal === kill.signal || exitCode === STOPPED[kill.signal]);
  const refused =
    exitCode === 1 && /^deepbelief: .* (is in use by process|already holds a run)/.test(said);
  const kind = exitCode === 0 ? 'done' : asked ? 'killed' : refused ? 'refused' : 'fault';
  return {
    kind,
    seconds: (performance.now() - start) / 1000,
    hit,
    said:
      said || `ended with ${exitCode ?? signal ?? originalMessage ?? 'nothing'} without a message`,
  };
}
