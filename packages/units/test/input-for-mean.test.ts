import { describe, expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '../src/index.ts';
import { titled } from './support/all-units.ts';
import { compute, expectClose } from './support/tensors.ts';

const cases: readonly (readonly [string, Units, readonly number[]])[] = [
  ['binary', binary(), [2e-5, 0.01, 0.3, 0.5, 0.99]],
  ['spin', spin(), [-0.99, -0.5, 0, 0.2, 0.95]],
  ['gaussian', gaussian({ sigma: 0.5 }), [-3, 0, 2]],
  ['binomial', binomial({ copies: 10 }), [0.01, 5, 9.9]],
  ['stepped sigmoid', steppedSigmoid(), [2e-5, 0.1, 0.6826, 3, 250]],
  ['stepped sigmoid of 4 copies', steppedSigmoid({ copies: 4 }), [2e-5, 0.1, 2, 3.9]],
  ['nrelu', nrelu(), [2e-5, 0.01, 0.2821, 1, 100]],
  ['nrelu with mean relu', nrelu({ mean: 'relu' }), [0, 0.5, 3]],
  ['nrelu with mean softplus', nrelu({ mean: 'softplus' }), [2e-5, 0.5, 3, 200]],
  ['relu', relu(), [0.01, 0.1, 0.7979, 2, 50]],
  ['softmax', softmax({ groupSize: 3 }), [0.2, 0.7, 0.1, 0.25, 0.5, 0.25]],
];

test.each(cases)(
  'the mean of %s units at the input found for a mean is that mean',
  (_, units, means) => {
    const inputs = [...units.inputForMean(new Float32Array(means))];
    expectClose(
      compute(inputs, (x) => units.mean(x)),
      means,
      { relative: 5e-6, absolute: 1e-6 },
    );
  },
);

describe.each(titled)('%s', (name, units) => {
  const { low, high } = units.range;

  test('means at the ends of the range, and beyond them by rounding, give finite inputs', () => {
    const ends = [Math.max(low, -1e4), low - 1e-7, low, high, high + 1e-7, Math.min(high, 1e4)];
    const inputs = units.inputForMean(
      Float32Array.from(ends.filter((mean) => Number.isFinite(mean))),
    );
    for (const value of inputs) expect(value).toSatisfy(Number.isFinite);
  });

  test('a mean that is not finite or outside the range is refused', () => {
    const type = name.split(',')[0]!;
    for (const mean of [NaN, Infinity, -Infinity]) {
      expect(() => units.inputForMean(new Float32Array([0.5, mean]))).toThrow(
        `${type}.inputForMean: mean[1] is ${mean}, expected a finite number`,
      );
    }
    for (const mean of [low - 0.5, high + 0.5]) {
      if (!Number.isFinite(mean)) continue;
      expect(() => units.inputForMean(new Float32Array([0.5, mean]))).toThrow(
        `${type}.inputForMean: mean[1] is ${mean}, expected a finite number from ${low}`,
      );
    }
  });
});
