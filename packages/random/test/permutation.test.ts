import { assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { atStep, permutation, randomKey, randomWords } from '../src/index.ts';
import { RARE, uniformityDeviate } from './support/chi-squared.ts';

test('every element occurs once', () => {
  assert(
    property(nat(300), nat(2 ** 31), (size, seed) => {
      const order = permutation(randomKey(seed), size);
      expect([...order].toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: size }, (_, i) => i),
      );
    }),
    { seed: 1 },
  );
});

test.each([2, 3, 4])(
  'all orders of %d are equally frequent, χ² at a false-alarm rate of 1e-4',
  (size) => {
    const counts = new Map<string, number>();
    const draws = 24_000;
    for (let step = 0; step < draws; step++) {
      const order = permutation(atStep(randomKey(31), step), size).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const factorial = Array.from({ length: size }, (_, i) => i + 1).reduce((a, b) => a * b);
    expect(counts.size).toBe(factorial);
    expect(Math.abs(uniformityDeviate([...counts.values()]))).toBeLessThan(RARE);
  },
);

test('the same key gives the same order, another key gives another', () => {
  const order = permutation(randomKey(1), 50);
  expect(permutation(randomKey(1), 50)).toEqual(order);
  expect(permutation(randomKey(2), 50)).not.toEqual(order);
});

test('a size that is not a count is refused', () => {
  for (const size of [-1, 2.5, NaN, 2 ** 32 + 1]) {
    expect(() => permutation(randomKey(1), size)).toThrow(
      `permutation: size is ${size}, expected a whole number from 0 to 4294967296`,
    );
  }
});

test('an order of many places is the shuffle of Durstenfeld with the words of the key', () => {
  for (const size of [1, 2, 4095, 4096, 4097, 10_000]) {
    const order = Uint32Array.from({ length: size }, (_, i) => i);
    const words = randomWords(randomKey(7), 2 * size);
    for (let i = size - 1; i > 0; i--) {
      const fraction = ((words[2 * i]! >>> 5) * 2 ** 26 + (words[2 * i + 1]! >>> 6)) / 2 ** 53;
      const j = Math.floor(fraction * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    expect(permutation(randomKey(7), size)).toEqual(order);
  }
});
