import { expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
} from '../src/index.ts';
import { logChoose } from './support/exponential-family.ts';
import { computeEach, computeRows, expectClose, range } from './support/tensors.ts';

const tolerance = { relative: 1e-6, absolute: 2e-7 };

test('binary, spin and softmax states have no energy', () => {
  const rows = [
    [1, 0, 0, 0],
    [0, 0, 1, 0],
  ];
  for (const units of [binary(), spin(), softmax({ groupSize: 4 })]) {
    expect(computeRows(rows, (s) => units.energy(s))).toEqual([0, 0]);
  }
});

test('the energy of a layer is the sum over its units', () => {
  const rows = [
    [1, 2, 3],
    [0, 4, 5],
  ];
  expect(computeRows(rows, (s) => relu().energy(s))).toEqual([7, 20.5]);
  expect(computeRows(rows, (s) => gaussian({ sigma: 0.5 }).energy(s))).toEqual([28, 82]);
});

test('a binomial count has minus the logarithm of how many ways there are to it', () => {
  const counts = range(0, 40, 1);
  const expected = counts.map((k) => -logChoose(40, k));
  expectClose(
    computeEach(counts, (s) => binomial({ copies: 40 }).energy(s)),
    expected,
    tolerance,
    counts,
  );
});

test('a stepped sigmoid count has k²/2 plus a sum of logarithms', () => {
  const counts = range(0, 60, 1);
  const expected = counts.map((k) =>
    range(1, k, 1).reduce((energy, i) => energy + Math.log1p(-Math.exp(-i)), (k * k) / 2),
  );
  for (const units of [steppedSigmoid(), nrelu()]) {
    expectClose(
      computeEach(counts, (s) => units.energy(s)),
      expected,
      tolerance,
      counts,
    );
  }
  const of = (copies: number, most: number): number[] =>
    computeEach(range(0, most, 1), (s) => steppedSigmoid({ copies }).energy(s));
  expectClose(of(4000, 60), expected, tolerance, counts);
});

test('the energy of real states goes smoothly through those of the counts', () => {
  const halves = range(0.5, 12.5, 1);
  // The continuation of Π_{i≤k}(1 − q^i) is (q; q)_∞/(q^{k+1}; q)_∞: Gasper and Rahman, "Basic
  // hypergeometric series", I.5.
  const logPochhammer = (z: number): number =>
    range(0, 60, 1).reduce((sum, i) => sum + Math.log1p(-z * Math.exp(-i)), 0);
  const expected = halves.map(
    (s) => (s * s) / 2 + logPochhammer(Math.exp(-1)) - logPochhammer(Math.exp(-s - 1)),
  );
  expectClose(
    computeEach(halves, (s) => nrelu().energy(s)),
    expected,
    tolerance,
    halves,
  );
});

test('the energy of N copies is linear between counts', () => {
  const [low, between, high] = computeEach([3, 3.25, 4], (s) => binomial({ copies: 6 }).energy(s));
  expect(between).toBeCloseTo(0.75 * low! + 0.25 * high!, 5);
});
