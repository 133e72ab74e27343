import { Worker } from 'node:worker_threads';
import type { FuzzNews, FuzzOrder } from './fuzz-thread.ts';
import type { FoundFault, Tally } from './try-inputs.ts';

/** Seconds after which an unfinished input counts as hanging. */
const PATIENCE = 300;

/** Stands for the number before the first input. */
const NONE = -1;

/** Megabytes of objects at which a thread ends, so that the whole process does not. */
const HEAP_MEGABYTES = 2048;

/** What a series reports while it runs. */
interface FuzzTold {
  readonly onFault: (fault: FoundFault) => void;
  readonly onNumber?: (number: number) => void;
}

/**
 * Tries a target's inputs in a thread. An input that hangs it or exhausts its memory is a fault
 * like any other, and a new thread continues with the next input.
 *
 * @param told `onFault` is called with each kind of fault, `onNumber` now and then with the number
 *   of the input that is being tried
 */
export async function fuzzTarget(
  series: Omit<FuzzOrder, 'current'>,
  told: FuzzTold,
): Promise<Tally> {
  const start = performance.now();
  const ended: FoundFault[] = [];
  let { first } = series;
  const last = series.first + series.inputs;
  for (;;) {
    const seconds = series.seconds - (performance.now() - start) / 1000;
    const outcome = await oneThread({ ...series, first, inputs: last - first, seconds }, told);
    if (!('ending' in outcome)) {
      const { accepted, refused, faults } = outcome;
      const inputs = first - series.first + outcome.inputs;
      const passed = (performance.now() - start) / 1000;
      return {
        target: series.target,
        inputs,
        accepted,
        refused,
        seconds: passed,
        faults: [...ended, ...faults],
      };
    }
    const fault = {
      number: outcome.number,
      kind: outcome.ending,
      error: outcome.ending,
      input: '',
    };
    ended.push(fault);
    told.onFault(fault);
    first = outcome.number + 1;
  }
}

/** The thread's tally, or how it ended and with which input. */
function oneThread(
  order: Omit<FuzzOrder, 'current'>,
  { onFault, onNumber }: FuzzTold,
): Promise<Tally | { readonly number: number; readonly ending: string }> {
  const current = new Float64Array(new SharedArrayBuffer(8)).fill(NONE);
  const thread = new Worker(new URL('fuzz-thread.ts', import.meta.url), {
    workerData: { ...order, current } satisfies FuzzOrder,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  return new Promise((resolve, reject) => {
    let seen = { number: NONE, at: performance.now() };
    const end = (outcome: Tally | { number: number; ending: string } | Error): void => {
      clearInterval(watch);
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
      void thread.terminate();
    };
    const watch = setInterval(() => {
      const [number = 0] = current;
      if (number !== NONE) onNumber?.(number);
      if (number !== seen.number) seen = { number, at: performance.now() };
      else if (performance.now() - seen.at > 1000 * PATIENCE)
        end({ number, ending: `no end after ${PATIENCE} s` });
    }, 1000);
    thread.on('message', (news: FuzzNews) =>
      'tally' in news ? end(news.tally) : onFault(news.fault),
    );
    thread.on('error', (error: Error) => {
      const [number = NONE] = current;
      // Before the first input, the target itself could not be prepared.
      end(number === NONE ? error : { number, ending: `ends the thread: ${error.message}` });
    });
  });
}
