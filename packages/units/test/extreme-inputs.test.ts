import { randomKey } from '@deepbelief/random';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { nrelu, relu, steppedSigmoid } from '../src/index.ts';
import { titled } from './support/all-units.ts';
import { compute, computeEach, expectClose } from './support/tensors.ts';

const extremes = [
  -1e4, -1e3, -200, -104, -88.5, -17, -0, 0, 1e-30, 17, 88.5, 104, 200, 1e3, 1e4, 9999.5,
];

describe.each(titled)('%s', (_, units) => {
  test('every function of the input is finite from -1e4 to 1e4', () => {
    const functions: readonly ((x: Tensor2D) => Tensor)[] = [
      (x) => units.logNormalizer(x),
      (x) => units.mean(x),
      (x) => units.variance(x),
      (x) => units.mode(x),
      (x) => units.activation(x),
      (x) => units.sample(x, randomKey(1)),
    ];
    for (const f of functions) {
      for (const value of compute(extremes, f)) expect(value).toSatisfy(Number.isFinite);
    }
  });

  test('samples, means and modes at the extremes have a finite energy, and variances are not negative', () => {
    for (const f of [(x: Tensor2D) => units.mean(x), (x: Tensor2D) => units.mode(x)]) {
      const states = compute(extremes, f);
      for (const value of compute(states, (s) => units.energy(s)))
        expect(value).toSatisfy(Number.isFinite);
    }
    const states = compute(extremes, (x) => units.sample(x, randomKey(2)));
    for (const value of compute(states, (s) => units.energy(s)))
      expect(value).toSatisfy(Number.isFinite);
    for (const value of compute(extremes, (x) => units.variance(x)))
      expect(value).toBeGreaterThanOrEqual(0);
  });
});

test('what is known in closed form at the extremes is met', () => {
  const far = [-1e4, 1e4];
  const tolerance = { relative: 1e-6, absolute: 1e-30 };
  for (const units of [steppedSigmoid(), nrelu()]) {
    expectClose(
      compute(far, (x) => units.mean(x)),
      [0, 1e4],
      tolerance,
      far,
    );
    expectClose(
      compute(far, (x) => units.variance(x)),
      [0, 1],
      tolerance,
      far,
    );
    expectClose(
      computeEach(far, (x) => units.logNormalizer(x)),
      [0, 5e7],
      tolerance,
      far,
    );
  }
  // The truncated normal's tail is exponential of rate 1e4.
  expectClose(
    compute(far, (x) => relu().mean(x)),
    [1e-4, 1e4],
    tolerance,
    far,
  );
  expectClose(
    compute(far, (x) => relu().variance(x)),
    [1e-8, 1],
    tolerance,
    far,
  );
  expectClose(
    computeEach(far, (x) => relu().logNormalizer(x)),
    [-Math.log(1e4), 5e7],
    tolerance,
    far,
  );
  const four = steppedSigmoid({ copies: 4 });
  expectClose(
    compute(far, (x) => four.mean(x)),
    [0, 4],
    tolerance,
    far,
  );
  expectClose(
    computeEach(far, (x) => four.logNormalizer(x)),
    [0, 4e4 - 8],
    tolerance,
    far,
  );
});
