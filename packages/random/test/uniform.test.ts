import { assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  atSite,
  atStep,
  philox,
  randomKey,
  randomWords,
  uniforms,
  wordToUniform,
} from '../src/index.ts';
import { RARE, uniformityDeviate } from './support/chi-squared.ts';

test('words are Philox blocks of the element, the site and draw, and the step', () => {
  const step = 5 * 2 ** 32 + 7;
  const key = atStep(atSite(randomKey(3 + 2 ** 32), 9), step);
  const blocks = [0, 1].flatMap((block) => philox([block, 9 + 2 * 65536, 7, 5], [3, 1]));
  expect([...randomWords(key, 8, 2)]).toEqual(blocks);
});

test('a shorter draw is the beginning of a longer one', () => {
  assert(
    property(nat(100), nat(100), nat(2 ** 31), (a, b, seed) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)];
      const words = [...randomWords(randomKey(seed), short)];
      expect(words).toEqual(Array.from(randomWords(randomKey(seed), long).subarray(0, short)));
    }),
    { seed: 1 },
  );
});

test('uniforms are exact in float32 and never 0 or 1', () => {
  for (const word of [0, 1, 511, 512, 0x7fffffff, 0x80000000, 0xfffffe00, 0xffffffff]) {
    const uniform = wordToUniform(word);
    expect(uniform).toBeGreaterThan(0);
    expect(uniform).toBeLessThan(1);
    expect(Math.fround(uniform)).toBe(uniform);
  }
  expect(wordToUniform(0)).toBe(2 ** -24);
  expect(wordToUniform(0xffffffff)).toBe(1 - 2 ** -24);
});

test('uniforms fill 256 cells evenly, χ² at a false-alarm rate of 1e-4, alone and in pairs', () => {
  const values = uniforms(randomKey(2024), 200_000);
  const single = Array.from({ length: 256 }, () => 0);
  const pairs = Array.from({ length: 256 }, () => 0);
  values.forEach((value, i) => {
    single[Math.floor(value * 256)]! += 1;
    if (i % 2 === 1) pairs[Math.floor(values[i - 1]! * 16) * 16 + Math.floor(value * 16)]! += 1;
  });
  expect(Math.abs(uniformityDeviate(single))).toBeLessThan(RARE);
  expect(Math.abs(uniformityDeviate(pairs))).toBeLessThan(RARE);
});

test('uniforms have the moments of a uniform distribution within 4.4 standard errors, 1e-5', () => {
  const count = 200_000;
  const values = uniforms(randomKey(77), count);
  const average = (f: (u: number) => number): number =>
    values.reduce((sum, u) => sum + f(u), 0) / count;
  for (const power of [1, 2, 3, 4]) {
    const error = Math.sqrt((1 / (2 * power + 1) - 1 / (power + 1) ** 2) / count);
    expect(Math.abs(average((u) => u ** power) - 1 / (power + 1))).toBeLessThan(4.4 * error);
  }
});

test('keys that differ in seed, site, step or draw give uncorrelated numbers', () => {
  const count = 20_000;
  const key = randomKey(1);
  const base = uniforms(key, count);
  for (const other of [
    uniforms(randomKey(2), count),
    uniforms(atSite(key, 1), count),
    uniforms(atStep(key, 1), count),
    uniforms(atStep(key, 2 ** 32), count),
    uniforms(key, count, 1),
  ]) {
    const covariance = base.reduce((sum, u, i) => sum + (u - 0.5) * (other[i]! - 0.5), 0) / count;
    expect(Math.abs(covariance * 12 * Math.sqrt(count))).toBeLessThan(4.4);
  }
});

test('drawing zero numbers gives an empty array', () => {
  expect(uniforms(randomKey(0), 0).length).toBe(0);
});

test('a count or a draw out of range is refused', () => {
  for (const count of [-1, 1.5, NaN, Infinity]) {
    expect(() => uniforms(randomKey(0), count)).toThrow(
      `randomWords: count is ${count}, expected a whole number, 0 or more`,
    );
  }
  for (const draw of [-1, 0.5, 65535]) {
    expect(() => randomWords(randomKey(0), 4, draw)).toThrow(
      `randomWords: draw is ${draw}, expected a whole number from 0 to 65534`,
    );
  }
});
