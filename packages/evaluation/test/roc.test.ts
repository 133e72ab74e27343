import { describe, expect, test } from 'vitest';
import { roc } from '../src/index.ts';

/**
 * Share of pairs of a positive and a negative in which the positive scores higher, half for ties.
 */
function bruteForceAuc(scores: readonly number[], positives: readonly number[]): number {
  let [sum, pairs] = [0, 0];
  scores.forEach((score, i) => {
    if (positives[i] !== 1) return;
    scores.forEach((other, j) => {
      if (positives[j] === 1) return;
      pairs++;
      sum += score > other ? 1 : score === other ? 0.5 : 0;
    });
  });
  return sum / pairs;
}

test('a small one, by hand', () => {
  const { points, auc, equalErrorRate } = roc([0.9, 0.8, 0.7, 0.6, 0.5, 0.5], [1, 1, 0, 1, 0, 0]);
  expect(points).toEqual([
    [0, 0],
    [0, 1 / 3],
    [0, 2 / 3],
    [1 / 3, 2 / 3],
    [1 / 3, 1],
    [1, 1],
  ]);
  expect(auc).toBeCloseTo(8 / 9, 12);
  expect(equalErrorRate).toBeCloseTo(1 / 3, 12);
});

describe('the area is the share of correctly ordered pairs', () => {
  test.each([3, 5, 7])('scores with many ties, step %i', (step) => {
    const scores = Array.from({ length: 200 }, (_, i) => (i * i * step + i) % 12);
    const positives = scores.map((score, i) => ((i * step * 31) % 20 < 4 + score ? 1 : 0));
    expect(new Set(positives).size).toBe(2);
    expect(roc(scores, positives).auc).toBeCloseTo(bruteForceAuc(scores, positives), 12);
  });
});

test('two uniform distributions a distance d apart: AUC is 1 − (1 − d)²/2, the equal error rate (1 − d)/2', () => {
  const n = 2000;
  const d = 0.37;
  const scores = Array.from({ length: 2 * n }, (_, i) => (i % n) / n + (i < n ? d : 0));
  const { auc, equalErrorRate } = roc(
    scores,
    scores.map((_, i) => i < n),
  );
  expect(Math.abs(auc - (1 - (1 - d) ** 2 / 2))).toBeLessThan(1 / n);
  expect(Math.abs(equalErrorRate - (1 - d) / 2)).toBeLessThan(1 / n);
});

test('perfect, useless and inverted scores', () => {
  expect(roc([3, 2, 1, 0], [1, 1, 0, 0])).toMatchObject({ auc: 1, equalErrorRate: 0 });
  expect(roc([1, 1, 1, 1], [true, false, true, false])).toMatchObject({
    auc: 0.5,
    equalErrorRate: 0.5,
  });
  expect(roc([0, 1, 2, 3], [1, 1, 0, 0])).toMatchObject({ auc: 0, equalErrorRate: 1 });
});

test('between two points the equal error rate lies on the line that joins them', () => {
  // One positive and three negatives of one score: the line from [0, 0] to [1, 1] after one
  // positive above.
  const { equalErrorRate } = roc([2, 1, 1, 1, 1], [1, 1, 0, 0, 0]);
  expect(equalErrorRate).toBeCloseTo(1 / 3, 12);
});

test('invalid arguments are refused', () => {
  expect(() => roc([1, 2], [1])).toThrow('roc: scores has 2 values and positives 1, expected');
  expect(() => roc([1, NaN], [1, 0])).toThrow('roc: scores[1] is NaN, expected a finite number');
  expect(() => roc([1, 2], [1, 1])).toThrow(
    'roc: 2 of 2 examples are positive, expected some of both kinds',
  );
  expect(() => roc([], [])).toThrow(RangeError);
});

test.each<[string, readonly unknown[], readonly unknown[], string]>([
  [
    'answers of −1 and 1',
    [1, 2, 3, 4],
    [-1, 1, -1, 1],
    'roc: positives[0] is -1, expected 0 or 1, false or true',
  ],
  ['an answer of 2', [1, 2], [0, 2], 'roc: positives[1] is 2, expected 0 or 1, false or true'],
  ['a share as an answer', [1, 2], [0, 0.5], 'roc: positives[1] is 0.5, expected 0 or 1'],
  ['NaN as an answer', [1, 2], [0, NaN], 'roc: positives[1] is NaN, expected 0 or 1'],
  ['a text as an answer', [1, 2], [0, '1'], 'roc: positives[1] is "1", expected 0 or 1'],
  [
    'an infinite score',
    [1, Infinity],
    [0, 1],
    'roc: scores[1] is Infinity, expected a finite number',
  ],
  [
    'a score that is missing',
    [1, undefined],
    [0, 1],
    'roc: scores[1] is missing, expected a finite number',
  ],
])('%s is refused', (_, scores, positives, message) => {
  expect(() => roc(scores as number[], positives as number[])).toThrow(message);
});
