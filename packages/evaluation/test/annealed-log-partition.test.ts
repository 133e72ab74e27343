import { annealedLogPartition, exactLogPartition } from '@deepbelief/evaluation';
import { createRbm } from '@deepbelief/rbm';
import { binary, gaussian, mixed, relu, softmax } from '@deepbelief/units';
import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

const mixedUnits = mixed([
  { units: gaussian(), size: 2 },
  { units: softmax({ groupSize: 3 }), size: 3 },
  { units: binary(), size: 1 },
]);

test.for([
  ['binary units', binary(), 8, binary()],
  ['a mixed layer on binary units', mixedUnits, 6, binary()],
  ['binary units on rectified ones', binary(), 8, relu()],
] as const)('log Z of %s is the enumerated one', async ([, units, size, hiddenUnits]) => {
  const before = memory().numTensors;
  const rbm = createRbm({
    visible: { units, size },
    hidden: { units: hiddenUnits, size: 5 },
    weightScale: 0.5,
    seed: 3,
  });
  const exact = await exactLogPartition(rbm);
  const { logPartition, standardError } = await annealedLogPartition(rbm, {
    chains: 200,
    temperatures: 100,
  });
  rbm.dispose();
  expect(memory().numTensors).toBe(before);
  // False alarms: below 1e-4, by the normal distribution of an average of 200 weights.
  expect(standardError).toBeLessThan(0.05);
  expect(Math.abs(logPartition - exact)).toBeLessThan(4 * standardError + 1e-4);
});

test('of Gaussian units on Gaussian ones, log Z is that of the normal distribution', async () => {
  const [visible, hidden] = [3, 2];
  const rbm = createRbm({
    visible: { units: gaussian(), size: visible },
    hidden: { units: gaussian(), size: hidden },
    weightScale: 0.3,
    seed: 5,
  });
  // The precision of (v, h) is [[I, −W], [−Wᵀ, I]]: its determinant is that of I − WᵀW.
  const w = await rbm.weights.data();
  const product = (i: number, j: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + w[k * hidden + i]! * w[k * hidden + j]!, 0);
  const determinant = (1 - product(0, 0)) * (1 - product(1, 1)) - product(0, 1) ** 2;
  const exact = ((visible + hidden) / 2) * Math.log(2 * Math.PI) - Math.log(determinant) / 2;
  const { logPartition, standardError } = await annealedLogPartition(rbm, { temperatures: 100 });
  rbm.dispose();
  expect(Math.abs(logPartition - exact)).toBeLessThan(4 * standardError + 1e-4);
});

test('options out of range are one-line errors', async () => {
  const rbm = createRbm({
    visible: { units: binary(), size: 2 },
    hidden: { units: binary(), size: 2 },
  });
  await expect(annealedLogPartition(rbm, { chains: 1 })).rejects.toThrow(
    'annealedLogPartition: option chains is 1, expected a whole number from 2 to 1000000',
  );
  rbm.dispose();
});
