import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RenderBatch, RenderedBatch, RenderWorkerData } from './render-worker.ts';

/** Pairs per batch: at most a second's work, so that progress shows and stopping is quick. */
const BATCH = 32;

/**
 * Renders pairs 0 … count - 1 in threads and yields them in order, batch by batch. Few batches wait
 * at a time, however slowly the caller takes them. Threads end when the caller has taken the last
 * batch or leaves the loop.
 *
 * @throws Error if a thread fails; the signal's reason if it stops the work
 */
export async function* renderInThreads(
  count: number,
  threads: number,
  data: RenderWorkerData,
  signal?: AbortSignal,
): AsyncGenerator<RenderedBatch, void, void> {
  const batches = Math.ceil(count / BATCH);
  // When run from source, the thread's file is source too.
  const file = new URL(`./render-worker${extname(import.meta.url)}`, import.meta.url);
  const pool = Array.from(
    { length: Math.min(threads, batches) },
    () => new Worker(file, { workerData: data }),
  );
  const ready = new Map<number, RenderedBatch>();
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const stop = (): void => wake();
  signal?.addEventListener('abort', stop);
  const ask = (worker: Worker, number: number): void => {
    const first = number * BATCH;
    const batch: RenderBatch = { first, count: Math.min(BATCH, count - first) };
    worker.postMessage(batch);
  };
  // Every thread has one batch in progress and one waiting; a thread's batches are a fixed subset.
  let taken = 0;
  const asked = pool.map(() => 0);
  const askMore = (): void => {
    for (const [i, worker] of pool.entries()) {
      for (;;) {
        const number = i + asked[i]! * pool.length;
        if (number >= batches || number >= taken + 2 * pool.length) break;
        ask(worker, number);
        asked[i]!++;
      }
    }
  };
  for (const worker of pool) {
    worker.on('message', (batch: RenderedBatch) => {
      ready.set(batch.first / BATCH, batch);
      wake();
    });
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
      wake();
    });
  }
  try {
    for (; taken < batches; taken++) {
      askMore();
      while (!ready.has(taken)) {
        if (failure !== undefined) throw failure;
        signal?.throwIfAborted();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const batch = ready.get(taken)!;
      ready.delete(taken);
      yield batch;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
}
