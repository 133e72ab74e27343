/**
 * Signals that ask a command to stop, and their numbers. A command that they stop exits with 128
 * plus the number.
 */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type StopSignal = keyof typeof SIGNALS;

/** Milliseconds that the work has to stop by itself before the command ends anyway. */
const GRACE = 750;

/**
 * Milliseconds in which further signals count as the same one. Ctrl-C in a terminal reaches every
 * process of the command, and npm and the setup script forward what they receive.
 */
const ONE_PRESS = 500;

/** A command was asked to stop and did. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly exitCode: number;

  /** @param message what is kept and how to continue, for people */
  constructor(message: string, signal: StopSignal) {
    super(message);
    this.exitCode = 128 + SIGNALS[signal];
  }
}

/**
 * Does work that SIGINT, SIGTERM and SIGHUP can stop. The first signal aborts the work's signal, so
 * that it can save what it has. The process ends anyway if that takes longer than `GRACE`, and at
 * once on a second signal.
 *
 * @param message the message after a stop: what is kept and how to continue
 * @throws Stopped if the work ended because of the signal; otherwise whatever `work` throws
 */
export async function stoppable<T>(
  message: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let heard = 0;
  const end = (stopped: Stopped): void => {
    process.stderr.write(`${stopped.message}\n`);
    process.exit(stopped.exitCode);
  };
  const onSignal = (signal: StopSignal): void => {
    const { reason } = controller.signal as { readonly reason: unknown };
    if (!(reason instanceof Stopped)) {
      const stopped = new Stopped(message, signal);
      heard = performance.now();
      controller.abort(stopped);
      timer = setTimeout(end, GRACE, stopped);
    } else if (performance.now() - heard > ONE_PRESS) end(reason);
  };
  const signals = Object.keys(SIGNALS) as StopSignal[];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted && isAbort(error) ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** Tells whether an error is the signal's own, or Node's error for it. */
function isAbort(error: unknown): boolean {
  return error instanceof Stopped || (error instanceof Error && error.name === 'AbortError');
}
