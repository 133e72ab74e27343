import { grad, onesLike, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
} from '../src/index.ts';
import { compute, expectClose, range } from './support/tensors.ts';

const inputs = [-30, -3, -0.75, 0.5, 2, 30];
const none = { relative: 0, absolute: 0 };

function slopes(activation: (x: Tensor2D) => Tensor2D, at: readonly number[]): number[] {
  return compute(at, (x) =>
    tidy(() => grad((input) => activation(input as Tensor2D))(x, onesLike(x))),
  );
}

describe('intensity', () => {
  const scaled = (factor: number): number[] => inputs.map((x) => factor * x);

  test('NReLU without bias and noise is equivariant: f(αx) = αf(x) for α > 0', () => {
    for (const factor of [0.25, 2, 8]) {
      const expected = compute(inputs, (x) => nrelu().activation(x)).map((value) => factor * value);
      expectClose(
        compute(scaled(factor), (x) => nrelu().activation(x)),
        expected,
        none,
      );
    }
  });

  test('binary units are not', () => {
    const once = compute([1], (x) => binary().activation(x));
    const twice = compute([2], (x) => binary().activation(x));
    expect(twice[0]).toBeLessThan(1.3 * once[0]!);
  });

  test('the cosine of two NReLU feature vectors does not change with the intensity of one, of binary ones it does', () => {
    const other = [-1, 2, 0.5, 3, 1, -2];
    const cosine = (a: number[], b: number[]): number => {
      const dot = (p: number[], q: number[]): number =>
        p.reduce((total, value, i) => total + value * q[i]!, 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    const change = (f: (x: Tensor2D) => Tensor2D): number =>
      cosine(compute(scaled(4), f), compute(other, f)) -
      cosine(compute(inputs, f), compute(other, f));
    expect(Math.abs(change((x) => nrelu().activation(x)))).toBeLessThan(1e-12);
    expect(Math.abs(change((x) => binary().activation(x)))).toBeGreaterThan(1e-3);
  });
});

test('the gradient of NReLU and ReLU is 0 below zero and 1 above', () => {
  for (const units of [nrelu(), relu()]) {
    expect(slopes((x) => units.activation(x), inputs)).toEqual([0, 0, 0, 1, 1, 1]);
  }
});

test('the gradient of a unit whose activation is its mean is its variance', () => {
  const at = range(-12, 12, 0.375);
  for (const units of [
    binary(),
    spin(),
    gaussian({ sigma: 2 }),
    binomial({ copies: 3 }),
    steppedSigmoid(),
    steppedSigmoid({ copies: 3 }),
  ]) {
    const variances = compute(at, (x) => units.variance(x));
    expectClose(
      slopes((x) => units.activation(x), at),
      variances,
      { relative: 1e-5, absolute: 1e-6 },
      at,
    );
  }
});

test('the gradient of a softmax goes through every unit of its group', () => {
  const units = softmax({ groupSize: 3 });
  const row = [0.3, -1, 2, 1, 1, 0.5];
  const weights = [1, -2, 0.5, 3, 0, 1];
  const value = (x: readonly number[]): number => {
    const total = (i: number): number =>
      x.slice(i - (i % 3), i - (i % 3) + 3).reduce((sum, y) => sum + Math.exp(y), 0);
    return x.reduce((sum, y, i) => sum + (weights[i]! * Math.exp(y)) / total(i), 0);
  };
  const expected = row.map((_, i) => {
    const moved = (by: number): number => value(row.map((x, j) => (i === j ? x + by : x)));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
  const gradient = compute(row, (x) =>
    tidy(() => grad((input) => units.activation(input as Tensor2D))(x, tensor2d([weights]))),
  );
  expectClose(gradient, expected, { relative: 1e-5, absolute: 1e-6 });
});
