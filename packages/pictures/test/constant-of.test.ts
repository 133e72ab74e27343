import { expect, test } from 'vitest';
import { constantOf } from '../src/index.ts';

test('values that differ by rounding alone are their mean', () => {
  expect(constantOf([1, 1 + 2e-7, NaN, null, 1 - 2e-7])).toBeCloseTo(1, 9);
  expect(constantOf([-500, -500.0001])).toBeCloseTo(-500.00005, 9);
});

test('values that differ by more, or not at all, are not a constant with errors', () => {
  expect(constantOf([1, 1.00001])).toBeUndefined();
  expect(constantOf([0, 1e-7])).toBeUndefined();
  expect(constantOf([2, 2, 2])).toBeUndefined();
  expect(constantOf([2])).toBeUndefined();
  expect(constantOf([])).toBeUndefined();
});

test('what difference means something can be said', () => {
  expect(constantOf([0, 1e-7], 1e-6)).toBe(5e-8);
  expect(constantOf([1, 1 + 2e-7], 1e-9)).toBeUndefined();
});
