import { expect, test } from 'vitest';
import { addExponentials, emptyLogSum, logOfSum } from '../src/log-sum-exp.ts';

test('n equal terms x have the logarithm x + log n, however far x is from zero', () => {
  for (const x of [-5000, -1, 0, 3, 5000]) {
    const sum = addExponentials(emptyLogSum, new Float64Array(1000).fill(x));
    expect(logOfSum(sum)).toBeCloseTo(x + Math.log(1000), 9);
  }
});

test('batches in any order of size give the sum of the whole', () => {
  // A geometric series: Σ 2^i for i < 60.
  const logs = Array.from({ length: 60 }, (_, i) => i * Math.LN2);
  for (const order of [logs, logs.toReversed()]) {
    const sum = [0, 20, 40].reduce(
      (so, start) => addExponentials(so, order.slice(start, start + 20)),
      emptyLogSum,
    );
    expect(logOfSum(sum)).toBeCloseTo(60 * Math.LN2, 12);
  }
});

test('no terms have the logarithm −∞', () => {
  expect(logOfSum(emptyLogSum)).toBe(-Infinity);
  expect(logOfSum(addExponentials(emptyLogSum, [-Infinity]))).toBe(-Infinity);
});
