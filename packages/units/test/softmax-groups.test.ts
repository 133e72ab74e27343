import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { binary, softmax } from '../src/index.ts';
import { chiSquaredTest } from './support/statistics.ts';
import { compute, computeRows, expectClose } from './support/tensors.ts';

const units = softmax({ groupSize: 3 });
const row = [0.5, -1, 2, 30, 29, -30];
const probabilities = [row.slice(0, 3), row.slice(3)].flatMap((group) => {
  const weights = group.map((x) => Math.exp(x - 30));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
});

test('means and variances are those of one choice a group', () => {
  expectClose(
    compute(row, (x) => units.mean(x)),
    probabilities,
    { relative: 1e-6, absolute: 0 },
  );
  expectClose(
    compute(row, (x) => units.activation(x)),
    probabilities,
    { relative: 1e-6, absolute: 0 },
  );
  const variances = probabilities.map((p) => p * (1 - p));
  expectClose(
    compute(row, (x) => units.variance(x)),
    variances,
    { relative: 1e-6, absolute: 1e-7 },
  );
});

test('the log-normalizer sums over the choices of all groups', () => {
  const choices = [0, 1, 2].flatMap((i) => [3, 4, 5].map((j) => row[i]! + row[j]!));
  const expected = 32 + Math.log(choices.reduce((sum, x) => sum + Math.exp(x - 32), 0));
  expectClose(
    computeRows([row, row], (x) => units.logNormalizer(x)),
    [expected, expected],
    {
      relative: 1e-6,
      absolute: 0,
    },
  );
});

test('the mode has the largest input of each group on', () => {
  expect(compute(row, (x) => units.mode(x))).toEqual([0, 0, 1, 1, 0, 0]);
});

test('samples have one unit of a group on and follow its probabilities, χ² at a false-alarm rate of 1e-4', () => {
  const draws = 10_000;
  const states = computeRows(
    Array.from({ length: draws }, () => row),
    (x) => units.sample(x, randomKey(11)),
  );
  for (const group of [0, 1]) {
    const chosen = Array.from({ length: draws }, (_, i) => {
      const state = states.slice(i * 6 + group * 3, i * 6 + group * 3 + 3);
      expect(state.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
      return state.indexOf(1);
    });
    expect(chiSquaredTest(chosen, 3, (k) => probabilities[group * 3 + k]!)).toBeGreaterThan(1e-4);
  }
});

test('a softmax of two is a binary unit of the difference', () => {
  const pairs = [3, 1, -2, 4];
  const differences = compute([2, -6], (x) => binary().mean(x));
  const first = compute(pairs, (x) => softmax({ groupSize: 2 }).mean(x)).filter(
    (_, i) => i % 2 === 0,
  );
  expectClose(first, differences, { relative: 1e-6, absolute: 0 });
});

test('a layer that is not a whole number of groups is refused', () => {
  expect(() => units.checkSize(7)).toThrow(
    'softmax.checkSize: size is 7, expected a multiple of groupSize 3, such as 6',
  );
  expect(() => units.checkSize(2)).toThrow('such as 3');
  units.checkSize(9);
});
