import '@tensorflow/tfjs-backend-wasm';
import { randomKey } from '@deepbelief/random';
import {
  abs,
  getBackend,
  grad,
  onesLike,
  setBackend,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { titled } from './support/all-units.ts';
import { computeRows, expectClose, range } from './support/tensors.ts';

const row = [...range(-30, 30, 0.125), -1e4, -200, -104, 200, 1e4, 9999.5, 0];
const rows = range(0, row.length / 4 - 1, 1).map((i) => row.slice(4 * i, 4 * i + 4));

async function on(backend: string, make: (input: Tensor2D) => Tensor): Promise<number[]> {
  await setBackend(backend);
  expect(getBackend()).toBe(backend);
  return computeRows(rows, make);
}

describe.each(titled)('%s', (_, units) => {
  const functions: Readonly<Record<string, (x: Tensor2D) => Tensor>> = {
    energy: (x) => tidy(() => units.energy(abs(x))),
    logNormalizer: (x) => units.logNormalizer(x),
    mean: (x) => units.mean(x),
    variance: (x) => units.variance(x),
    mode: (x) => units.mode(x),
    sample: (x) => units.sample(x, randomKey(3)),
    activation: (x) => units.activation(x),
    'the gradient of activation': (x) =>
      tidy(() => grad((input) => units.activation(input as Tensor2D))(x, onesLike(x))),
  };

  test.each(Object.keys(functions))(
    '%s is the same on the wasm backend as on cpu',
    async (name) => {
      const expected = await on('cpu', functions[name]!);
      const actual = await on('wasm', functions[name]!);
      // cpu computes in float64 and rounds; wasm computes in float32.
      expectClose(actual, expected, { relative: 3e-6, absolute: 1e-6 });
    },
  );
});
