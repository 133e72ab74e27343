import { expect, test } from 'vitest';
import {
  atStep,
  fillNormals,
  normalQuantile,
  normals,
  randomKey,
  randomWords,
  uniforms,
  wordToUniform,
} from '../src/index.ts';
import { RARE, uniformityDeviate } from './support/chi-squared.ts';

/**
 * P(X > x) for x ≥ 0 of the standard normal: the series of its distribution function, or its
 * continued fraction.
 */
function upperTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) sum += term *= (x * x) / (2 * n + 1);
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let n = 300; n >= 1; n--) fraction = x + n / fraction;
  return density / fraction;
}

test('the quantile reproduces the published percentage points of the normal distribution', () => {
  const table: readonly (readonly [number, number])[] = [
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.995, 2.5758293035489004],
    [0.999, 3.090232306167813],
    [0.001, -3.090232306167813],
    [1e-6, -4.753424308822899],
    [1e-10, -6.361340902404056],
    [1e-20, -9.262340089798408],
    [1e-100, -21.273453560965326],
  ];
  for (const [probability, point] of table) {
    expect(Math.abs(normalQuantile(probability) - point)).toBeLessThanOrEqual(
      2e-14 * Math.max(1, Math.abs(point)),
    );
  }
});

test('the quantile inverts the distribution function in every branch', () => {
  for (let x = 0.03; x < 30; x *= 1.1) {
    const tail = upperTail(x);
    // A relative step of 1e-14 in x changes the tail by x² as much. A wrong digit would show like
    // this.
    expect(Math.abs(upperTail(-normalQuantile(tail)) / tail - 1)).toBeLessThan(1e-13 * (1 + x * x));
  }
});

test('the quantile is symmetric around one half', () => {
  for (let x = 0.03; x < 7; x *= 1.1) {
    // 1 - tail keeps the tail to 1e-16, so x to 1e-16 divided by the density.
    const grain = 1e-16 * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
    expect(Math.abs(normalQuantile(1 - upperTail(x)) - x)).toBeLessThan(
      2 * grain + 1e-14 * (1 + x),
    );
  }
});

test('the ends of the range are infinite; anything outside is NaN', () => {
  expect([0, 1, -0.1, 1.1, NaN].map(normalQuantile)).toEqual([-Infinity, Infinity, NaN, NaN, NaN]);
});

test("normals are the quantiles of their key's uniforms", () => {
  const key = randomKey(8);
  const expected = uniforms(key, 100, 3).map((u) => normalQuantile(u));
  expect(normals(key, 100, 3)).toEqual(expected);
});

test('normals are normal: χ² at a false-alarm rate of 1e-4, moments to 4.4 standard errors', () => {
  const count = 100_000;
  const values = [...normals(randomKey(99), count)];
  const counts = Array.from({ length: 64 }, () => 0);
  for (const value of values) {
    const below = value < 0 ? upperTail(-value) : 1 - upperTail(value);
    counts[Math.floor(below * 64)]! += 1;
  }
  expect(Math.abs(uniformityDeviate(counts))).toBeLessThan(RARE);
  const moment = (power: number): number => values.reduce((sum, x) => sum + x ** power, 0) / count;
  // E x^{2p} is the product of the odd numbers below 2p.
  expect(Math.abs(moment(1))).toBeLessThan(4.4 * Math.sqrt(1 / count));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(4.4 * Math.sqrt(2 / count));
  expect(Math.abs(moment(3))).toBeLessThan(4.4 * Math.sqrt(15 / count));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(4.4 * Math.sqrt(96 / count));
});

test('a long draw is the quantiles of the words in order, scaled in float32 if asked', () => {
  const key = atStep(randomKey(3), 2 ** 40 + 1);
  const words = randomWords(key, 9001);
  const expected = Float32Array.from(words, (word) => normalQuantile(wordToUniform(word)));
  expect([...normals(key, 9001)]).toEqual([...expected]);
  const scaled = new Float32Array(9001);
  fillNormals(scaled, key, 0.01);
  expect([...scaled]).toEqual(
    Array.from(expected, (value) => Math.fround(value * Math.fround(0.01))),
  );
});
