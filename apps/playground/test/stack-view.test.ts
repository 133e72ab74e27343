import { setParameter } from '@deepbelief/rbm/internal';
import { useBackend } from '@deepbelief/backend';
import { createRbm, hiddenActivity, type Rbm } from '@deepbelief/rbm';
import { binary, nrelu } from '@deepbelief/units';
import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { filters } from '../src/engine/filters.ts';
import { stackFeatures } from '../src/engine/stack-view.ts';

beforeAll(async () => void (await useBackend({ backend: 'wasm' })));

function rbm(weights: number[][], hiddenBias: number[]): Rbm {
  const made = createRbm({
    visible: { units: binary(), size: weights.length },
    hidden: { units: nrelu({ mean: 'relu' }), size: hiddenBias.length },
  });
  setParameter(made, 'weights', tensor2d(weights));
  setParameter(made, 'hidden.bias', tensor1d(hiddenBias));
  return made;
}

test('features with and without biases are those worked out by hand', async () => {
  const { numTensors } = memory();
  const lower = rbm(
    [
      [1, -2],
      [3, 1],
    ],
    [0.5, 1],
  );
  const upper = rbm(
    [
      [2, 0, 1],
      [1, -1, 0],
    ],
    [0, 0, -1],
  );
  const visible = tensor2d([[1, 1]]);
  // The lower features are max(0, [4, −1] + [0.5, 1]) = [4.5, 0]; without biases [4, 0].
  const all = stackFeatures([lower, upper], visible);
  const bare = stackFeatures([lower, upper], visible, true);
  expect([...(await all.data())]).toEqual([9, 0, 3.5]);
  expect([...(await bare.data())]).toEqual([8, 0, 4]);
  for (const owner of [all, bare, visible, lower, upper]) owner.dispose();
  expect(memory().numTensors).toBe(numTensors);
});

test('a sheet has the longest filters first and the dead ones last, marked; gray is zero', async () => {
  const { numTensors } = memory();
  const layer = rbm(
    [
      [1, -9, 2],
      [0, -9, 2],
    ],
    [0, 0, 0],
  );
  const visible = tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const sheet = await filters([layer], await hiddenActivity(layer, visible), 2, 1);
  expect([...sheet.units]).toEqual([2, 0, 1]);
  expect([...sheet.dead]).toEqual([0, 0, 1]);
  expect([...sheet.activity]).toEqual([2, 0.5, 0]);
  // The root mean square is √(171/6); four times that is 127 shades from gray.
  const shade = (weight: number): number =>
    128 + Math.round((weight * 127) / (4 * Math.sqrt(171 / 6)));
  expect([...sheet.pixels]).toEqual([2, 2, 1, 0, -9, -9].map(shade));
  for (const owner of [visible, layer]) owner.dispose();
  expect(memory().numTensors).toBe(numTensors);
});
