// A thread that renders batches of pairs on request.
import type { Bytes } from '@deepbelief/checks';
import { parentPort, workerData } from 'node:worker_threads';
import type { NorbSet, NorbVariant } from '@deepbelief/norb';
import { createPairRenderer } from './pair-renderer.ts';

/** The start options of a rendering thread. */
export interface RenderWorkerData {
  readonly seed: number;
  readonly variant: NorbVariant;
  readonly set: NorbSet;
}

/** Pairs that a thread should render, or has rendered. */
export interface RenderBatch {
  /** Number of the first pair. */
  readonly first: number;
  readonly count: number;
}

/** [count · 2 · side · side] bytes. */
export interface RenderedBatch extends RenderBatch {
  readonly images: Bytes;
}

const { seed, variant, set } = workerData as RenderWorkerData;
const renderer = createPairRenderer(seed, variant, set);

parentPort?.on('message', ({ first, count }: RenderBatch) => {
  const bytes = 2 * renderer.side ** 2;
  const images = new Uint8Array(count * bytes);
  for (let i = 0; i < count; i++)
    renderer.render(first + i, images.subarray(i * bytes, (i + 1) * bytes));
  const rendered: RenderedBatch = { first, count, images };
  parentPort?.postMessage(rendered, [images.buffer]);
});
