import { expect, test } from 'vitest';
import { errorRate } from '../src/index.ts';

test('it is the share of predictions that are not the label', () => {
  expect(errorRate([1, 2, 3, 4], [1, 2, 0, 4])).toBe(0.25);
  expect(errorRate(Int32Array.of(5, 5), Uint8Array.of(5, 5))).toBe(0);
});

test('no examples and lists of different lengths are refused', () => {
  expect(() => errorRate([], [])).toThrow(
    'errorRate: predicted is empty, expected at least one value',
  );
  expect(() => errorRate([1], [1, 2])).toThrow(
    'errorRate: predicted has 1 values and labels 2, expected the same',
  );
});

test.each<[unknown, string]>([
  [NaN, 'errorRate: predicted[1] is NaN, expected a whole number from 0'],
  [-1, 'errorRate: predicted[1] is -1, expected a whole number from 0'],
  [1.5, 'errorRate: predicted[1] is 1.5, expected a whole number from 0'],
  ['1', 'errorRate: predicted[1] is "1", expected a whole number from 0'],
  [Infinity, 'errorRate: predicted[1] is Infinity, expected a whole number from 0'],
])('%s is not a class number', (value, message) => {
  expect(() => errorRate([0, value as number], [0, 1])).toThrow(message);
  expect(() => errorRate([0, 1], [0, value as number])).toThrow(
    message.replace('predicted', 'labels'),
  );
});

test('64-bit class numbers work too', () => {
  expect(errorRate([1, 2, 3, 4], BigInt64Array.of(1n, 2n, 0n, 4n))).toBe(0.25);
});
