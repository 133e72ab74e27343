/**
 * Signals that ask a command to stop, with their numbers: a command that they stop ends with 128
 * and the number.
 */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type StopSignal = keyof typeof SIGNALS;

/** Milliseconds that the work has to stop by itself; then the command ends all the same. */
const GRACE = 750;

/**
 * Milliseconds in which further signals count as the same one: Ctrl-C in a terminal reaches every
 * process of the command, and npm and the set-up script pass on what they got.
 */
const ONE_PRESS = 500;

/** A command was asked to stop and did. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly exitCode: number;

  /** @param message what is kept and how to go on, for people */
  constructor(message: string, signal: StopSignal) {
    super(message);
    this.exitCode = 128 + SIGNALS[signal];
  }
}

/**
 * Does work that SIGINT, SIGTERM and SIGHUP stop: the first aborts the work's signal, so that it
 * can keep what it has; the process ends by itself if that takes longer than `GRACE`, and at once
 * on a second signal.
 *
 * @param message what to tell people who stopped it: what is kept and how to go on
 * @throws Stopped when the work ended because of the signal; else what `work` throws
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

/** Whether an error is the signal's own or what Node makes of it. */
function isAbort(error: unknown): boolean {
  return error instanceof Stopped || (error instanceof Error && error.name === 'AbortError');
}
