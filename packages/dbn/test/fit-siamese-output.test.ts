import { normals, randomKey, uniforms } from '@deepbelief/random';
import { nrelu } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import {
  fitSiameseOutput,
  logisticLine,
  pairCosines,
  pairProbabilities,
  verificationError,
} from '../src/index.ts';
import { directionPairs, smallSiamese } from './support/pairs.ts';
import { expectNoLeak, numbers } from '@deepbelief/test-support/tensors';

describe('logisticLine', () => {
  const n = 20_000;
  const x = [...normals(randomKey(1), n)].map((value) => 0.4 + 0.1 * value);
  const y = [...uniforms(randomKey(2), n)].map((u, i) =>
    u < 1 / (1 + Math.exp(-(12 * x[i]! - 5))) ? 1 : 0,
  );

  test('finds the line that made the data', () => {
    const { weight, bias } = logisticLine(x, y);
    // Standard errors are about 0.2 and 0.1.
    expect(Math.abs(weight - 12)).toBeLessThan(1);
    expect(Math.abs(bias + 5)).toBeLessThan(0.5);
  });

  test('the likelihood is stationary there, up to the ridge', () => {
    const { weight, bias } = logisticLine(x, y);
    const residual = x.map((value, i) => 1 / (1 + Math.exp(-(weight * value + bias))) - y[i]!);
    const mean = (values: number[]): number => values.reduce((a, b) => a + b) / n;
    expect(Math.abs(mean(residual))).toBeLessThan(1e-9);
    expect(Math.abs(mean(residual.map((r, i) => r * (x[i]! - 0.4))))).toBeLessThan(1e-4);
  });

  test('values that tell the targets apart without error, or nothing, give finite lines', () => {
    const apart = logisticLine([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
    expect(apart.weight).toBeGreaterThan(0);
    expect(Number.isFinite(apart.weight + apart.bias)).toBe(true);
    expect(-apart.bias / apart.weight).toBeCloseTo(0.5, 6);
    // Cosines a hundred-thousandth apart, as binary units that are all half on have them.
    const close = logisticLine([0.5, 0.50001, 0.50002, 0.50003], [0, 0, 1, 1]);
    expect(close.weight).toBeGreaterThan(0);
    expect(Math.abs(close.weight) + Math.abs(close.bias)).toBeLessThan(1000);
    const nothing = logisticLine([0.3, 0.3, 0.3, 0.3], [0, 1, 1, 1]);
    expect(nothing.weight * 0.3 + nothing.bias).toBeCloseTo(Math.log(3), 2);
  });
});

test('the fitted output keeps the features and lets P(same) be right on average', () =>
  expectNoLeak(async () => {
    const siamese = smallSiamese(3, [{ units: nrelu(), size: 6, zeroBias: true }]);
    const pairs = directionPairs(200, 0.2, 3);
    const weights = numbers(siamese.layers[0]!.weights);
    const before = await pairCosines(siamese, pairs);
    await fitSiameseOutput(siamese, pairs);
    expect(numbers(siamese.layers[0]!.weights)).toEqual(weights);
    expect((await pairCosines(siamese, pairs)).cosines).toEqual(before.cosines);
    const { probabilities, same } = await pairProbabilities(siamese, pairs);
    const mean = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((a, b) => a + b) / values.length;
    expect(mean(probabilities)).toBeCloseTo(mean(same), 5);
    const wrong = same.filter((truth, i) => probabilities[i]! > 0.5 !== (truth === 1)).length;
    expect(await verificationError(siamese, pairs)).toBe(wrong / 200);
    expect(wrong).toBeLessThan(100);
    siamese.dispose();
  }));
