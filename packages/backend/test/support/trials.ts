import * as fc from 'fast-check';
import type { Trial } from './products.ts';

const layouts = { transposeA: fc.boolean(), transposeB: fc.boolean() };
const factors = { alpha: fc.constantFrom(1, -0.5, 0.25), beta: fc.constantFrom(0, 1, -0.75) };
const size = fc.integer({ min: 1, max: 40 });

/** Products of all layouts whose sizes are mostly no multiples of the tiles' 6 and 8. */
export const smallTrials: fc.Arbitrary<Trial> = fc.record({
  rows: size,
  columns: size,
  depth: fc.integer({ min: 0, max: 70 }),
  ...layouts,
  ...factors,
});

/** Products with an extent of 1, where row and column strides can be equal. */
export const thinTrials: fc.Arbitrary<Trial> = fc
  .record({
    rows: size,
    columns: size,
    depth: size,
    thin: fc.subarray(['rows', 'columns', 'depth'] as const, { minLength: 1 }),
    ...layouts,
    ...factors,
  })
  .map(({ thin, ...trial }) => ({
    ...trial,
    ...Object.fromEntries(thin.map((name) => [name, 1])),
  }));

/** Products beyond one block (96 rows, 256 deep, 512 columns), or exactly one. */
export const largeTrials: readonly Trial[] = [
  { rows: 97, columns: 9, depth: 257, transposeA: false, transposeB: false, alpha: 1, beta: 0 },
  {
    rows: 193,
    columns: 17,
    depth: 300,
    transposeA: true,
    transposeB: false,
    alpha: -0.5,
    beta: 0.5,
  },
  { rows: 7, columns: 515, depth: 513, transposeA: false, transposeB: true, alpha: 1, beta: 1 },
  {
    rows: 100,
    columns: 521,
    depth: 259,
    transposeA: true,
    transposeB: true,
    alpha: 0.25,
    beta: -1,
  },
  { rows: 96, columns: 512, depth: 256, transposeA: false, transposeB: false, alpha: 1, beta: 0 },
];
