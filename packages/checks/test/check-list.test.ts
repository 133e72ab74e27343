import { expect, test } from 'vitest';
import { checkList, checkSameLength, classNumbers, zerosAndOnes } from '../src/index.ts';

test.each<[unknown, string]>([
  [[1, NaN], 'fit: scores[1] is NaN, expected a finite number'],
  [[1, -Infinity], 'fit: scores[1] is -Infinity, expected a finite number'],
  [['1'], 'fit: scores[0] is "1", expected a finite number'],
  [[1n], 'fit: scores[0] is 1n, expected a finite number'],
  [[], 'fit: scores is empty, expected at least one value'],
  ['12', 'fit: scores is "12", expected an array or typed array'],
  [undefined, 'fit: scores is missing, expected an array or typed array'],
  [{}, 'fit: scores is {}, expected an array or typed array'],
])('%o is not a list of numbers', (values, message) => {
  expect(() => checkList('fit', 'scores', values as number[], {})).toThrow(new RangeError(message));
});

test('values outside the bounds are refused', () => {
  expect(() => checkList('fit', 'shares', [0, 1.5], { low: 0, high: 1 })).toThrow(
    'shares[1] is 1.5, expected a finite',
  );
  expect(() =>
    checkList('fit', 'shares', Float32Array.of(0, 1), { low: 0, high: 1 }),
  ).not.toThrow();
});

test('lists of different lengths are refused', () => {
  expect(() => checkSameLength('fit', 'scores', [1, 2], 'labels', [1])).toThrow(
    'fit: scores has 2 values and labels 1, expected the same number',
  );
  expect(() => checkSameLength('fit', 'scores', [1], 'labels', [])).toThrow('fit: labels is empty');
});

test('answers are 0 and 1', () => {
  expect(zerosAndOnes('fit', 'same', [true, 0, false, 1])).toEqual(Uint8Array.of(1, 0, 0, 1));
  expect(() => zerosAndOnes('fit', 'same', [-1, 1])).toThrow(
    'fit: same[0] is -1, expected 0 or 1, false or true',
  );
});

test('class numbers are whole and in range, 64-bit or not', () => {
  expect(classNumbers('fit', 'labels', BigInt64Array.of(2n, 0n), 3)).toEqual(Int32Array.of(2, 0));
  expect(classNumbers('fit', 'labels', Float64Array.of(7), undefined)).toEqual(Int32Array.of(7));
  for (const [value, written] of [
    [3, '3'],
    [3n, '3n'],
    [-1n, '-1n'],
    [2n ** 63n - 1n, '9223372036854775807n'],
    [0.5, '0.5'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['1', '"1"'],
  ] as const) {
    expect(() => classNumbers('fit', 'labels', [value as number], 3)).toThrow(
      new RangeError(`fit: labels[0] is ${written}, expected a whole number from 0 to 2`),
    );
  }
});
