import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { pixelSheet, sampleSheet } from '../src/index.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

test('each row of the tensor is a picture', async () => {
  await expectNoLeak(async () => {
    const samples = tensor2d([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(await sampleSheet(samples, [2, 1], { columns: 3 })).toEqual(
      pixelSheet([0, 1, 1, 0, 0, 0], [2, 1], { columns: 3 }),
    );
    samples.dispose();
  });
});

test('a shape that does not fit is refused', async () => {
  await expectNoLeak(async () => {
    const samples = tensor2d([[0, 1, 0, 1]]);
    await expect(sampleSheet(samples, [1, 2])).rejects.toThrow(
      'sampleSheet: samples has shape [1, 4], expected [samples, 2] for images of shape [1, 2]',
    );
    samples.dispose();
  });
});
