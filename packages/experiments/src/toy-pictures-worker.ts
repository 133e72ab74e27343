// Draws the pictures of toyPictures.
import { parentPort, workerData } from 'node:worker_threads';
import { encodePng, pixelSheet } from '@deepbelief/pictures';
import type { NorbVariant } from '@deepbelief/norb';
import { contactSheet, createPairRenderer } from '@deepbelief/toy-norb';

/** The thread's input. */
export interface ToyPicturesData {
  readonly variant: NorbVariant;
  readonly seed: number;
}

const { variant, seed } = workerData as ToyPicturesData;
const { values, side, columns } = contactSheet();
const renderer = createPairRenderer(seed, variant, 'training');
const [rows, across] = [8, variant === 'small' ? 5 : 6];
const size = 2 * renderer.side ** 2;
const pairs = new Uint8Array(rows * across * size);
for (let i = 0; i < rows * across; i++)
  renderer.render(i, pairs.subarray(i * size, (i + 1) * size));
parentPort?.postMessage({
  'toys.png': encodePng(pixelSheet(values, [side, side], { columns })),
  'pairs.png': encodePng(
    pixelSheet(pairs, [renderer.side, renderer.side], { columns: 2 * across, range: [0, 255] }),
  ),
});
