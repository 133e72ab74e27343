// A thread that renders batches of pairs as it is asked for them.
import { parentPort, workerData } from 'node:worker_threads';
import { createPairRenderer } from './pair-renderer.ts';
import type { RenderBatch, RenderedBatch, RenderWorkerData } from './render-batch.ts';

const { seed, variant, set } = workerData as RenderWorkerData;
const renderer = createPairRenderer(seed, variant, set);

parentPort?.on('message', ({ first, count }: RenderBatch) => {
  const bytes = 2 * renderer.side ** 2;
  const images = new Uint8Array(count * bytes);
  for (let i = 0; i < count; i++) renderer.render(first + i, images.subarray(i * bytes, (i + 1) * bytes));
  const rendered: RenderedBatch = { first, count, images };
  parentPort?.postMessage(rendered, [images.buffer]);
});
