import { expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  spin,
  steppedSigmoid,
  type Units,
} from '../src/index.ts';
import { logChoose } from './support/exponential-family.ts';
import { compute, range } from './support/tensors.ts';

/** Off the round numbers, where two states are equally probable. */
const inputs = range(-12, 12, 0.25).map((x) => x + 0.013);

function expectMostProbable(
  units: Units,
  states: readonly number[],
  logWeight: (k: number) => number,
): void {
  const expected = inputs.map((x) =>
    states.reduce((a, b) => (x * b + logWeight(b) > x * a + logWeight(a) ? b : a)),
  );
  expect(compute(inputs, (x) => units.mode(x))).toEqual(expected);
}

test('the mode of a discrete unit is its most probable state', () => {
  expectMostProbable(binary(), [0, 1], () => 0);
  expectMostProbable(spin(), [-1, 1], () => 0);
  expectMostProbable(binomial({ copies: 8 }), range(0, 8, 1), (k) => logChoose(8, k));
  const settled = (k: number): number =>
    range(1, k, 1).reduce((sum, i) => sum - Math.log(-Math.expm1(-i)), (-k * k) / 2);
  expectMostProbable(steppedSigmoid(), range(0, 40, 1), settled);
  for (const copies of [1, 2, 6]) {
    const steps = (k: number): number =>
      range(1, k, 1).reduce((sum, i) => sum + Math.log(-Math.expm1(i - copies - 1)), settled(k));
    expectMostProbable(steppedSigmoid({ copies }), range(0, copies, 1), steps);
  }
});

test('the mode of a continuous unit is where its density is highest', () => {
  expect(compute([-2, 0, 3], (x) => gaussian({ sigma: 0.5 }).mode(x))).toEqual([-0.5, 0, 0.75]);
  for (const units of [relu(), nrelu()])
    expect(compute([-2, 0, 3], (x) => units.mode(x))).toEqual([0, 0, 3]);
});
