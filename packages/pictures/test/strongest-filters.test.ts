import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { createRbm, type Rbm } from '@deepbelief/rbm';
import { setParameter } from '@deepbelief/rbm/internal';
import { binary, nrelu } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { filterSheet, pixelSheet, strongestFilters } from '../src/index.ts';

function rbm(weights: number[][]): Rbm {
  const made = createRbm({
    visible: { units: binary(), size: weights.length },
    hidden: { units: nrelu(), size: weights[0]!.length },
  });
  setParameter(made, 'weights', tensor2d(weights));
  return made;
}

/** Norms 1, √162 and √8. */
const single = [
  [1, -9, 2],
  [0, -9, 2],
];

test('the filters of the largest norm come first, and some after all others', async () => {
  await expectNoLeak(async () => {
    const layer = rbm(single);
    const all = await strongestFilters(layer, { limit: 9, order: 'norm' });
    expect([...all.units]).toEqual([1, 2, 0]);
    expect([...all.values]).toEqual([-9, -9, 2, 2, 1, 0]);
    const two = await strongestFilters(layer, { limit: 2, order: 'norm', last: [0, 1, 0] });
    expect([...two.units]).toEqual([2, 0]);
    expect([...two.values]).toEqual([2, 2, 1, 0]);
    const own = await strongestFilters(layer, { limit: 2, order: 'weights', last: [1, 0, 0] });
    expect([...own.units]).toEqual([1, 2]);
    layer.dispose();
  });
});

test('the units of a stack are carried down to the data through the weights below', async () => {
  await expectNoLeak(async () => {
    const lower = rbm([
      [1, -2],
      [3, 1],
    ]);
    const upper = rbm([
      [2, 0, 1],
      [1, -1, 0],
    ]);
    // The columns of W₁ W₂ = [[0, 2, 1], [7, -1, 3]].
    const { units, values } = await strongestFilters([lower, upper], {
      limit: 3,
      order: 'weights',
    });
    expect([...units]).toEqual([0, 1, 2]);
    expect([...values]).toEqual([0, 7, 2, -1, 1, 3]);
    expect(await filterSheet([lower, upper], [1, 2], { columns: 3 })).toEqual(
      pixelSheet(values, [1, 2], { columns: 3, colors: 'diverging', range: 'each' }),
    );
    for (const owner of [lower, upper]) owner.dispose();
  });
});

test('a stack that does not fit the shape, and a unit that is not finite, are refused', async () => {
  await expectNoLeak(async () => {
    const layer = rbm([[1], [NaN]]);
    await expect(filterSheet([layer, layer], [2, 2])).rejects.toThrow(
      'filterSheet: the weights have shape [2, 1], expected 4 rows for images of shape [2, 2]',
    );
    await expect(filterSheet(layer, [1, 2])).rejects.toThrow(
      'filterSheet: the weights[1] is NaN, expected a finite number',
    );
    await expect(filterSheet([], [1, 2])).rejects.toThrow('the weights have shape []');
    layer.dispose();
  });
});
