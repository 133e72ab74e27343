import { atStep, randomKey } from '@deepbelief/random';
import { grad, ones, tidy, type Rank, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { dropout } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const key = randomKey(11);
const shape: [number, number] = [200, 101];

/** What dropout multiplies states with. */
function factors(rate: number, at = key, site = 0): number[] {
  return take(tidy(() => dropout(ones<Rank.R2>(shape), rate, at, site)));
}

describe.each([0.1, 0.2, 0.5, 0.99])('at rate %f', (rate) => {
  test('values are dropped or divided by the share that is kept', () =>
    expectNoLeak(() => {
      const kept = Math.fround(1 / (1 - rate));
      expect([...new Set(factors(rate))].toSorted((a, b) => a - b)).toEqual([0, kept]);
    }));

  test('the share dropped is the rate to five standard deviations (false alarms: 6 in 10 million)', () =>
    expectNoLeak(() => {
      const dropped = factors(rate).filter((factor) => factor === 0).length;
      const count = shape[0] * shape[1];
      expect(Math.abs(dropped - rate * count)).toBeLessThan(
        5 * Math.sqrt(count * rate * (1 - rate)),
      );
    }));

  test('neighbors are dropped independently, to five standard deviations of the pairs', () =>
    expectNoLeak(() => {
      const dropped = factors(rate).map((factor) => factor === 0);
      const pairs = dropped.filter((first, i) => i % 2 === 0 && first && dropped[i + 1]).length;
      const count = Math.floor(dropped.length / 2);
      const probability = rate * rate;
      expect(Math.abs(pairs - probability * count)).toBeLessThan(
        5 * Math.sqrt(count * probability * (1 - probability)) + 1,
      );
    }));
});

test('the same key and site drop the same values; another step or site drops others', () =>
  expectNoLeak(() => {
    expect(factors(0.5)).toEqual(factors(0.5));
    expect(factors(0.5, atStep(key, 1))).not.toEqual(factors(0.5));
    expect(factors(0.5, key, 1)).not.toEqual(factors(0.5));
  }));

test('at rate 0 the states stay as they are', () =>
  expectNoLeak(() => {
    const states = matrix([[1, 2]]);
    expect(dropout(states, 0, key, 0)).toBe(states);
    states.dispose();
  }));

test('its gradient is that of the multiplication', () =>
  expectNoLeak(() => {
    const states = matrix([
      [1, -2, 3, 4],
      [5, 6, -7, 8],
    ]);
    const slopes = matrix([
      [1, 2, 3, 4],
      [-5, 6, 7, 8],
    ]);
    const mask = take(tidy(() => dropout(ones<Rank.R2>([2, 4]), 0.5, key, 0)));
    const gradient = take(grad((x) => dropout(x as Tensor2D, 0.5, key, 0))(states, slopes));
    expectClose(
      gradient,
      numbers(slopes).map((slope, i) => slope * mask[i]!),
    );
    states.dispose();
    slopes.dispose();
  }));

test.each([-0.1, 1, 2, NaN])('a rate of %f is refused', (rate) =>
  expectNoLeak(() => {
    const states = matrix([[1, 2]]);
    expect(() => dropout(states, rate, key, 0)).toThrow(
      `dropout: rate is ${rate}, expected a finite number from 0 to 0.99`,
    );
    states.dispose();
  }),
);
