import { randomKey } from '@deepbelief/random';
import { tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
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
import { titled } from './support/all-units.ts';
import './support/tensors.ts';

test('each type says between what its states lie', () => {
  const ranges = [
    binary(),
    spin(),
    binomial({ copies: 5 }),
    softmax({ groupSize: 4 }),
    steppedSigmoid({ copies: 3 }),
  ];
  expect(ranges.map(({ range }) => [range.low, range.high])).toEqual([
    [0, 1],
    [-1, 1],
    [0, 5],
    [0, 1],
    [0, 3],
  ]);
  for (const { range } of [nrelu(), relu(), steppedSigmoid()])
    expect(range).toEqual({ low: 0, high: Infinity });
  expect(gaussian().range).toEqual({ low: -Infinity, high: Infinity });
});

describe.each(titled)('%s', (_, units) => {
  test('means, modes and samples lie in the range, and reach both of its bounds where they are finite', async () => {
    const row = Array.from(
      { length: 64 },
      (_value, i) => (i % 2 === 0 ? 30 : -30) * (i < 32 ? 1 : 0.05),
    );
    const input = tensor2d([row, row.map((x) => -x)]);
    const states = tidy((): Tensor2D[] => [
      units.mean(input),
      units.mode(input),
      units.sample(input, randomKey(1)),
    ]);
    const values = await Promise.all(states.map(async (state) => [...(await state.data())]));
    for (const state of [input, ...states]) state.dispose();
    const { low, high } = units.range;
    for (const found of values) {
      expect(Math.min(...found)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...found)).toBeLessThanOrEqual(high);
    }
    const samples = values[2]!;
    const [least, most] = [Math.min(...samples), Math.max(...samples)];
    expect(Number.isFinite(low) ? least - low : 0).toBeLessThan(0.01);
    expect(Number.isFinite(high) ? most : high).toBe(high);
  });
});
