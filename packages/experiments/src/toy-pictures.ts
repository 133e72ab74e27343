import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { NorbVariant } from '@deepbelief/norb';
import type { ToyPicturesData } from './toy-pictures-worker.ts';

/**
 * Pictures of toy scenes by their file names, as PNG: every toy, and the first training pairs. They
 * are drawn in a thread of their own, since it takes seconds in which a signal could not be heard.
 *
 * @throws the signal's reason when it stops the work
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
