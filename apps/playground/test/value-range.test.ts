import { expect, test } from 'vitest';
import { valueRange } from '../src/pictures/value-range.ts';

test.for([
  ['above zero', 1 - 2 ** -24, 1],
  ['below zero', -3, -3 + 2 ** -22],
  ['large', 1e12, 1e12 + 1],
] as const)('values that differ by rounding alone get room around them: %s', ([, low, high]) => {
  const [from, to] = valueRange(low, high)!;
  expect(from).toBeLessThan(low);
  expect(to).toBeGreaterThan(high);
  expect(to - from).toBeCloseTo(0.02 * Math.abs(low), Math.log10(1 / Math.abs(low)) + 5);
});

test.for([
  [0, 1],
  [0.99, 1],
  [-1e-9, 1e-9],
  [0, 0],
  [5, 5],
] as const)('others keep the chart’s own range: %s', ([low, high]) => {
  expect(valueRange(low, high)).toBeUndefined();
});
