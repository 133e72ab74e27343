import { expect, test } from 'vitest';
import { checkNumber, type NumberRange } from '../src/index.ts';

test.each<[number, NumberRange, string]>([
  [NaN, {}, 'fit: rate is NaN, expected a finite number'],
  [Infinity, { low: 0 }, 'fit: rate is Infinity, expected a finite number of at least 0'],
  [-1, { low: 0 }, 'fit: rate is -1, expected a finite number of at least 0'],
  [2, { low: 0, high: 1 }, 'fit: rate is 2, expected a finite number from 0 to 1'],
  [1.5, { low: 1, whole: true }, 'fit: rate is 1.5, expected a whole number of at least 1'],
  [0, { low: Number.MIN_VALUE }, 'fit: rate is 0, expected a finite number above 0'],
])('%d is refused in %o', (value, range, message) => {
  expect(() => checkNumber('fit', 'rate', value, range)).toThrow(new RangeError(message));
});

test('a value that is not a number, as plain JavaScript may pass, is refused', () => {
  const given: unknown = '3';
  expect(() => checkNumber('fit', 'rate', given as number, {})).toThrow(
    'fit: rate is "3", expected a finite number',
  );
});

test('numbers on the bounds fit', () => {
  expect(() => {
    for (const value of [0, 0.5, 1]) checkNumber('fit', 'rate', value, { low: 0, high: 1 });
    checkNumber('fit', 'steps', 30, { low: 30, high: 30, whole: true });
    checkNumber('fit', 'target', -7.5, {});
  }).not.toThrow();
});
