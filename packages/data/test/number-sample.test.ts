import { expect, test } from 'vitest';
import { numberSample } from '../src/number-sample.ts';

test('few numbers are all kept', () => {
  const sample = numberSample();
  for (let i = 0; i < 2000; i++) sample.add(i);
  expect(sample.numbers).toEqual(Array.from({ length: 2000 }, (_, i) => i));
});

test('of many numbers, each part has its share, χ² at a false-alarm rate of 1e-4', () => {
  const sample = numberSample();
  const count = 200_000;
  for (let i = 0; i < count; i++) sample.add(i);
  expect(new Set(sample.numbers).size).toBe(2000);
  const shares = Array.from({ length: 20 }, () => 0);
  for (const number of sample.numbers) shares[Math.floor((20 * number) / count)]!++;
  const chiSquared = shares.reduce((sum, share) => sum + (share - 100) ** 2 / 100, 0);
  // The quantile of 19 degrees of freedom.
  expect(chiSquared).toBeLessThan(50.8);
});
