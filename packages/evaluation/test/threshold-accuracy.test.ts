import { expect, test } from 'vitest';
import { pairedDifference, summarize, thresholdAccuracy } from '../src/index.ts';

test('the share of scores on the right side of the threshold', () => {
  expect(thresholdAccuracy([-1, 0.5, 2, -0.2], [0, 1, 0, 1])).toBe(0.5);
  expect(thresholdAccuracy([-1, 0.5, 2, -0.2], [false, true, false, true], -0.5)).toBe(0.75);
});

test('a score at the threshold counts as negative', () => {
  expect(thresholdAccuracy([0, 0], [0, 1])).toBe(0.5);
});

test('over folds: mean, sd and se of one model, and two models compared fold by fold', () => {
  // Ten folds of ten pairs; model B gets one pair more right in every other fold.
  const right = [8, 7, 9, 8, 6, 8, 7, 9, 8, 10];
  const positives = Array.from({ length: 10 }, (_, i) => i % 2);
  const scores = (hits: number): number[] =>
    positives.map((positive, i) => (positive * 2 - 1) * (i < hits ? 1 : -1));
  const [a, b] = [0, 1].map((more) =>
    right.map((hits, fold) =>
      thresholdAccuracy(scores(Math.min(10, hits + (fold % 2) * more)), positives),
    ),
  ) as [number[], number[]];
  expect(a).toEqual(right.map((hits) => hits / 10));
  // Mean 0.8, squared deviations 12 hundredths.
  const { mean, sd, se } = summarize(a);
  expect([mean, sd, se].map((value) => value.toFixed(6))).toEqual([
    '0.800000',
    '0.115470',
    '0.036515',
  ]);
  // Four folds of five odd ones have room: differences 0.1 four times, 0 six times.
  const difference = pairedDifference(b, a);
  const deviation = Math.sqrt((4 * 0.06 ** 2 + 6 * 0.04 ** 2) / 9);
  expect(difference.mean).toBeCloseTo(0.04, 12);
  expect(difference.t).toBeCloseTo(0.04 / (deviation / Math.sqrt(10)), 9);
  expect(difference.degreesOfFreedom).toBe(9);
});

test('invalid arguments are refused', () => {
  expect(() => thresholdAccuracy([1], [1, 0])).toThrow(
    'thresholdAccuracy: scores has 1 values and positives 2',
  );
  expect(() => thresholdAccuracy([], [])).toThrow(RangeError);
});

test('invalid scores, answers and thresholds are refused', () => {
  expect(() => thresholdAccuracy([NaN, NaN], [0, 0])).toThrow(
    'thresholdAccuracy: scores[0] is NaN, expected a finite',
  );
  expect(() => thresholdAccuracy([1, 2], [-1, 1])).toThrow(
    'thresholdAccuracy: positives[0] is -1, expected 0 or 1',
  );
  expect(() => thresholdAccuracy([1, 2], [0, 1], NaN)).toThrow(
    'thresholdAccuracy: threshold is NaN, expected a finite',
  );
});
