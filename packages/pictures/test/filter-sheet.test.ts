import { setParameter } from '@deepbelief/rbm/internal';
import { createRbm } from '@deepbelief/rbm';
import { binary, nrelu } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { filterSheet, pixelSheet } from '../src/index.ts';
import { picture } from './support/pixels.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

/** Four visible units, a picture of 2 × 2 pixels, and three hidden units. */
const weights = [
  [1, 0, 4],
  [-1, 0.5, 0],
  [0, 0, 0],
  [0.5, 0, -2],
];
const columns = [0, 1, 2].map((j) => weights.map((row) => row[j]!));

test('a filter is a column of the weights, each by its own largest magnitude', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 4 },
      hidden: { units: nrelu(), size: 3 },
    });
    setParameter(rbm, 'weights', tensor2d(weights));
    const expected = pixelSheet(columns.flat(), [2, 2], {
      colors: 'diverging',
      range: 'each',
      columns: 3,
    });
    expect(await filterSheet(rbm, [2, 2], { columns: 3 })).toEqual(expected);
    rbm.dispose();
  });
});

test('one scale for all, those of the largest norm first, and only some of them', async () => {
  await expectNoLeak(async () => {
    const tensor = tensor2d(weights);
    const expected = pixelSheet([...columns[2]!, ...columns[0]!], [2, 2], {
      colors: 'diverging',
      range: 'all',
    });
    expect(await filterSheet(tensor, [2, 2], { order: 'norm', limit: 2, range: 'all' })).toEqual(
      expected,
    );
    tensor.dispose();
  });
});

test('filters of color images have their gray at zero', async () => {
  await expectNoLeak(async () => {
    const tensor = tensor2d([[0], [1], [-1]]);
    expect([...(await filterSheet(tensor, [1, 1, 3])).data]).toEqual([128, 255, 0, 255]);
    tensor.dispose();
  });
});

test('a filter without weights is white', async () => {
  await expectNoLeak(async () => {
    const tensor = tensor2d([[0], [0]]);
    expect(picture(await filterSheet(tensor, [1, 2]))).toEqual(['247 247']);
    tensor.dispose();
  });
});

test('a shape that does not fit and a limit out of range are refused', async () => {
  await expectNoLeak(async () => {
    const tensor = tensor2d(weights);
    await expect(filterSheet(tensor, [3, 3])).rejects.toThrow(
      'filterSheet: the weights have shape [4, 3], expected 9 rows for images of shape [3, 3]',
    );
    await expect(filterSheet(tensor, [2, 2], { limit: 0 })).rejects.toThrow(
      'filterSheet: option limit is 0, expected a whole number',
    );
    tensor.dispose();
  });
});
