import { expect, test } from 'vitest';
import { describeArray, type NumericArray } from '../src/index.ts';

function fits(array: NumericArray): string[] {
  return describeArray(array).fits.map(({ units }) => units);
}

test('a description has moments, gaps, constant values and counts', () => {
  const data = Float64Array.of(1, 2, NaN, 1, 4, NaN, 1, 0, Infinity);
  const found = describeArray({ dtype: 'float64', shape: [3, 3], data });
  // Of 1, 2, 1, 4, 1, 0: the mean is 1.5, the mean square 23/6.
  expect(found).toMatchObject({
    numbers: 6,
    missing: 2,
    infinite: 1,
    zeros: 1,
    values: 3,
    constant: 1,
    lowest: 0,
    highest: 4,
    whole: true,
    mean: 1.5,
  });
  expect(found.deviation).toBeCloseTo(Math.sqrt(23 / 6 - 2.25), 12);
  expect([...found.counts!]).toEqual([
    [0, 1],
    [1, 3],
    [2, 1],
    [4, 1],
  ]);
  expect(found.sample).toEqual([1, 2, 1, 4, 1, 0]);
});

test.for([
  [{ dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(0, 1, 1, 0) }, ['binary', 'gaussian']],
  [{ dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(0, 255, 7, 9) }, ['binary', 'gaussian']],
  [
    { dtype: 'float32', shape: [2, 2], data: Float32Array.of(0, 0.5, 1, 0.25) },
    ['binary', 'gaussian'],
  ],
  [
    { dtype: 'int64', shape: [4], data: BigInt64Array.of(1n, 2n, 3n, 1n) },
    ['labels', 'poisson', 'gaussian'],
  ],
  [{ dtype: 'int16', shape: [2, 2], data: Int16Array.of(3, 1, 2, 4) }, ['poisson', 'gaussian']],
  [{ dtype: 'float32', shape: [2, 1], data: Float32Array.of(-3.5, 8) }, ['gaussian']],
  [{ dtype: 'float32', shape: [2, 2], data: Float32Array.of(7, 7, 7, 7) }, ['poisson', 'none']],
  [{ dtype: 'float32', shape: [1, 1], data: Float32Array.of(NaN) }, []],
  [{ dtype: 'float32', shape: [0, 5], data: new Float32Array(0) }, []],
  [{ dtype: 'float64', shape: [], data: Float64Array.of(2.5) }, ['none']],
] as const)('the units that fit: %#', ([array, expected]) => {
  expect(fits(array as NumericArray)).toEqual(expected);
});
