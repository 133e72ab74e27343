import { Worker } from 'node:worker_threads';
import type { FuzzNews, FuzzOrder } from './fuzz-thread.ts';
import type { FoundFault, Tally } from './try-inputs.ts';

/** Seconds after which an input that has not ended is taken to hang. */
const PATIENCE = 300;

/** Stands for the number of an input before the first. */
const NONE = -1;

/** Megabytes of objects with which a thread ends instead of the whole process. */
const HEAP_MEGABYTES = 2048;

/**
 * Tries a target's inputs in a thread. An input that hangs it or uses up its memory is a fault like
 * any other: a new thread goes on with the next one.
 */
export async function fuzzTarget(
  series: Omit<FuzzOrder, 'current'>,
  onFault: (fault: FoundFault) => void,
): Promise<Tally> {
  const start = performance.now();
  const ended: FoundFault[] = [];
  let { first } = series;
  const last = series.first + series.inputs;
  for (;;) {
    const seconds = series.seconds - (performance.now() - start) / 1000;
    const outcome = await oneThread({ ...series, first, inputs: last - first, seconds }, onFault);
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
    onFault(fault);
    first = outcome.number + 1;
  }
}

/** The thread's tally, or how it ended instead and with which input. */
function oneThread(
  order: Omit<FuzzOrder, 'current'>,
  onFault: (fault: FoundFault) => void,
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
      if (number !== seen.number) seen = { number, at: performance.now() };
      else if (performance.now() - seen.at > 1000 * PATIENCE)
        end({ number, ending: `no end after ${PATIENCE} s` });
    }, 1000);
    thread.on('message', (news: FuzzNews) =>
      'tally' in news ? end(news.tally) : onFault(news.fault),
    );
    thread.on('error', (error: Error) => {
      const [number = NONE] = current;
      // Before the first input it is the target that cannot be prepared.
      end(number === NONE ? error : { number, ending: `ends the thread: ${error.message}` });
    });
  });
}
