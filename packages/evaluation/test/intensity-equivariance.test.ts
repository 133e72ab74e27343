import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  matMul,
  memory,
  mul,
  ready,
  relu,
  sigmoid,
  tensor2d,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { intensityEquivariance } from '../src/intensity-equivariance.ts';

beforeAll(() => ready());

test('rectified units without bias scale with their inputs', async () => {
  const inputs = tensor2d([1, -2, 0.5, 3], [2, 2]);
  const weights = tensor2d([1, -1, 2, 0.5, 1, -3], [2, 3]);
  const before = memory().numTensors;
  const figures = await intensityEquivariance(
    (x) => relu(matMul<Tensor2D>(x, weights)),
    inputs,
    [0.25, 1, 4],
  );
  expect(memory().numTensors).toBe(before);
  for (const { deviation, cosine } of figures) {
    expect(deviation).toBeCloseTo(0, 6);
    expect(cosine).toBeCloseTo(1, 6);
  }
});

test('the figures for one example match the formulas', async () => {
  // f(x) = (x₁, x₂ + 1): f(1, 0) = (1, 1), f(2, 0) = (2, 1), and 2 f(1, 0) = (2, 2).
  const bias = tensor2d([0, 1], [1, 2]);
  const [figure] = await intensityEquivariance(
    (x) => add<Tensor2D>(x, bias),
    tensor2d([1, 0], [1, 2]),
    [2],
  );
  expect(figure!.factor).toBe(2);
  expect(figure!.deviation).toBeCloseTo(1 / Math.sqrt(8), 6);
  expect(figure!.cosine).toBeCloseTo(3 / Math.sqrt(10), 6);
});

test('the mean is over examples; all-zero features count with deviation 0 and cosine 0', async () => {
  const inputs = tensor2d([-1, 1], [2, 1]);
  const [figure] = await intensityEquivariance((x) => relu(x), inputs, [3]);
  expect(figure).toEqual({ factor: 3, deviation: 0, cosine: 0.5 });
});

test('binary units have neither', async () => {
  const inputs = tensor2d([2, -1], [1, 2]);
  const [figure] = await intensityEquivariance((x) => sigmoid(x), inputs, [2]);
  const s = (x: number): number => 1 / (1 + Math.exp(-x));
  const [a, b, c, d] = [s(2), s(-1), s(4), s(-2)] as const;
  expect(figure!.deviation).toBeCloseTo(
    Math.hypot(c - 2 * a, d - 2 * b) / Math.hypot(2 * a, 2 * b),
    5,
  );
  expect(figure!.cosine).toBeCloseTo((a * c + b * d) / Math.hypot(a, b) / Math.hypot(c, d), 5);
});

test('a factor of 0 is refused', async () => {
  await expect(intensityEquivariance((x) => x, tensor2d([1], [1, 1]), [1, 0])).rejects.toThrow(
    /factors\[1\] is 0, expected a finite number above 0/,
  );
});

test('integers count as numbers', async () => {
  const [figure] = await intensityEquivariance(
    (x) => sigmoid(x),
    tensor2d([2, -1], [1, 2], 'int32'),
    [2],
  );
  const [same] = await intensityEquivariance((x) => sigmoid(x), tensor2d([2, -1], [1, 2]), [2]);
  expect(figure).toEqual(same);
});

test('inputs without rows and features that are not finite have no mean', async () => {
  await expect(intensityEquivariance((x) => x, tensor2d([], [0, 2]), [1])).rejects.toThrow(
    'intensityEquivariance: inputs has shape [0, 2], expected [batch, units] with a row or more',
  );
  await expect(
    intensityEquivariance((x) => mul<Tensor2D>(x, NaN), tensor2d([1], [1, 1]), [2]),
  ).rejects.toThrow(
    'intensityEquivariance: the deviation for a factor of 2 is NaN, expected a finite number',
  );
});
