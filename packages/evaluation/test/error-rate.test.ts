import { expect, test } from 'vitest';
import { errorRate } from '../src/index.ts';

test('it is the share of predictions that are not the label', () => {
  expect(errorRate([1, 2, 3, 4], [1, 2, 0, 4])).toBe(0.25);
  expect(errorRate(Int32Array.of(5, 5), Uint8Array.of(5, 5))).toBe(0);
});

test('no examples and lists of different lengths are refused', () => {
  expect(() => errorRate([], [])).toThrow('errorRate: labels is empty, expected at least one example');
  expect(() => errorRate([1], [1, 2])).toThrow('errorRate: there are 1 predictions and 2 labels, expected as many');
});
