import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarize } from '../src/index.ts';

test('the numbers 1 to n have mean (n + 1)/2 and variance n(n + 1)/12', () => {
  const n = 100;
  const { mean, sd, se } = summarize(Array.from({ length: n }, (_, i) => i + 1));
  expect(mean).toBe(50.5);
  expect(sd ** 2).toBeCloseTo((n * (n + 1)) / 12, 9);
  expect(se).toBeCloseTo(sd / 10, 12);
});

test('a small spread around a large mean is kept', () => {
  const { mean, sd } = summarize([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
  expect(mean).toBe(1e9 + 10);
  expect(sd).toBe(Math.sqrt(30));
});

test('shifting and scaling values shifts and scales the mean and scales the deviation', () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      fc.array(whole, { minLength: 2, maxLength: 20 }),
      whole,
      fc.integer({ min: -8, max: 8 }),
      (values, shift, power) => {
        const scale = 2 ** power;
        const before = summarize(values);
        const after = summarize(values.map((value) => shift + scale * value));
        expect(after.mean).toBeCloseTo(shift + scale * before.mean, 8);
        expect(after.sd).toBeCloseTo(scale * before.sd, 8);
      },
    ),
  );
});

test('equal values have no spread, a single one an unknown spread', () => {
  expect(summarize([0.1, 0.1, 0.1])).toEqual({ n: 3, mean: 0.1, sd: 0, se: 0 });
  expect(summarize(Float32Array.of(2))).toEqual({ n: 1, mean: 2, sd: NaN, se: NaN });
});

test('no values and values that are not finite are refused', () => {
  expect(() => summarize([])).toThrow('summarize: values is empty, expected at least one value');
  expect(() => summarize([1, NaN])).toThrow(
    'summarize: values[1] is NaN, expected a finite number',
  );
});
