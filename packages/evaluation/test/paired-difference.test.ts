import { expect, test } from 'vitest';
import { pairedDifference } from '../src/index.ts';

test("Student's own example: ten patients' additional hours of sleep by two drugs", () => {
  // Student (1908), illustration I: mean difference 1.58, s = 1.17 with divisor n; t =
  // 1.58/(1.17/√9).
  const dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const { n, mean, sd, t, degreesOfFreedom } = pairedDifference(laevo, dextro);
  expect(n).toBe(10);
  expect(mean).toBeCloseTo(1.58, 10);
  expect(sd * Math.sqrt(9 / 10)).toBeCloseTo(1.17, 2);
  expect(t).toBeCloseTo(4.06, 2);
  expect(degreesOfFreedom).toBe(9);
});

test('equal lists do not differ; pairs with one constant difference have t = ∞', () => {
  expect(pairedDifference([1, 2, 3], [1, 2, 3])).toMatchObject({ mean: 0, sd: 0, t: 0 });
  expect(pairedDifference([2, 3, 4], [1, 2, 3]).t).toBe(Infinity);
});

test('lists of different lengths are refused', () => {
  expect(() => pairedDifference([1, 2], [1])).toThrow(
    'pairedDifference: first has 2 values and second 1, expected the same number',
  );
});

test('a value that is not finite is named', () => {
  expect(() => pairedDifference([1, 2], [1, NaN])).toThrow(
    'pairedDifference: second[1] is NaN, expected a finite',
  );
  expect(() => pairedDifference([], [])).toThrow(
    'pairedDifference: first is empty, expected at least one value',
  );
});
