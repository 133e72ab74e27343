import { grad, tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { cosineSimilarity } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const rows = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
  [-0.7, 0.1, 0.5],
  [2.5, 0.9, -1.1],
];

/** Σ cᵢ dᵢ of the two pairs of `rows`, in float64 from the definition. */
function weightedCosines(
  vectors: readonly (readonly number[])[],
  weights: readonly number[],
): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((s, value, i) => s + value * y[i]!, 0);
  const half = vectors.length / 2;
  return weights.reduce((total, weight, i) => {
    const [a, b] = [vectors[i]!, vectors[i + half]!];
    return total + (weight * dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b));
  }, 0);
}

/** The gradient of Σ cᵢ dᵢ by `cosineSimilarity`. */
function gradientOf(vectors: Tensor2D, weights: readonly number[]): number[] {
  const dy = tensor1d([...weights]);
  const gradient = take(grad((x) => cosineSimilarity(x as Tensor2D))(vectors, dy));
  dy.dispose();
  return gradient;
}

test('parallel, orthogonal and opposite vectors have cosines 1, 0 and −1, whatever their lengths', () =>
  expectNoLeak(() => {
    const vectors = matrix([
      [3, 4],
      [3, 4],
      [3, 4],
      [0.006, 0.008],
      [-400, 300],
      [-3e6, -4e6],
    ]);
    expectClose(take(cosineSimilarity(vectors)), [1, 0, -1]);
    vectors.dispose();
  }));

test('its gradient is that of central differences', () =>
  expectNoLeak(() => {
    const weights = [1.3, -0.4];
    const vectors = matrix(rows);
    const h = 1e-5;
    const expected = rows.flatMap((row, i) =>
      row.map((_, j) => {
        const at = (step: number): number =>
          weightedCosines(rows.with(i, rows[i]!.with(j, rows[i]![j]! + step)), weights);
        return (at(h) - at(-h)) / (2 * h);
      }),
    );
    expectClose(gradientOf(vectors, weights), expected, { relative: 1e-5, absolute: 1e-6 });
    vectors.dispose();
  }));

describe('a zero vector', () => {
  test.each([
    ['first', [[0, 0, 0], rows[1]!]],
    ['second', [rows[0]!, [0, 0, 0]]],
    [
      'both',
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
  ] as const)('%s of a pair gives cosine 0 and a finite gradient, its own being zero', (_, pair) =>
    expectNoLeak(() => {
      const vectors = matrix(pair);
      expect(take(cosineSimilarity(vectors)).map(Math.abs)).toEqual([0]);
      const gradient = gradientOf(vectors, [1]);
      expect(gradient.every(Number.isFinite), gradient.join()).toBe(true);
      const own = pair.flatMap((row, i) =>
        row.every((value) => value === 0) ? gradient.slice(3 * i, 3 * i + 3).map(Math.abs) : [],
      );
      expect(own.length).toBeGreaterThan(0);
      expect(Math.max(...own)).toBe(0);
      vectors.dispose();
    }),
  );
});

test('an odd number of rows is refused', () =>
  expectNoLeak(() => {
    const vectors = matrix(rows.slice(1));
    expect(() => cosineSimilarity(vectors)).toThrow(
      new RangeError(
        'cosineSimilarity: vectors have shape [3, 3], expected an even number of rows: the first vectors of all pairs, ' +
          'then the second ones',
      ),
    );
    vectors.dispose();
  }));

test('no value depends on the others of its minibatch', () =>
  expectNoLeak(() => {
    const [all, one] = [matrix(rows), matrix([rows[1]!, rows[3]!])];
    const together: Tensor1D = cosineSimilarity(all);
    expectClose([numbers(together)[1]!], take(cosineSimilarity(one)));
    for (const tensor of [all, one, together]) tensor.dispose();
  }));
