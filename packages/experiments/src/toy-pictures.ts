import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { NorbVariant } from '@deepbelief/norb';
import type { ToyPicturesData } from './toy-pictures-worker.ts';

/**
 * Draws PNG pictures of toy scenes, by file name: every toy, and the first training pairs. This
 * runs in a thread of its own, because it takes seconds in which a signal could not be handled.
 *
 * @throws the signal's reason if it stops the work
 */
export async function toyPictures(
  variant: NorbVariant,
  seed: number,
  signal: AbortSignal,
): Promise<Record<string, Uint8Array>> {
  const workerData: ToyPicturesData = { variant, seed };
  const file = new URL(`./toy-pictures-worker${extname(import.meta.url)}`, import.meta.url);
  signal.throwIfAborted();
  const worker = new Worker(file, { workerData });
  try {
    const [pictures] = (await once(worker, 'message', { signal })) as [Record<string, Uint8Array>];
    return pictures;
  } finally {
    await worker.terminate();
  }
}
