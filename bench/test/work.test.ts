import { expect, test } from 'vitest';
import { caseOf, CASES } from '../src/cases.ts';
import { bytesMoved, floorProducts, gigaOperations, stepsOf, weightBytes } from '../src/work.ts';

test('CD-1 needs five products of the size of the weights', () => {
  expect(gigaOperations(caseOf('cd1-2048x4000-nrelu'))).toBeCloseTo(
    (5 * 2 * 100 * 2048 * 4000) / 1e9,
    12,
  );
  const products = floorProducts(caseOf('cd1-2048x4000-nrelu'));
  expect(products.filter(({ accumulate }) => accumulate)).toEqual([
    {
      rows: 2048,
      columns: 4000,
      depth: 200,
      transposeA: true,
      transposeB: false,
      accumulate: true,
    },
  ]);
  expect(products).toHaveLength(4);
});

test('fine-tuning needs a product forward and one for the gradient of each layer, and back to all but the data', () => {
  const [a, b, c] = [2048 * 4000, 4000 * 2000, 2000 * 6];
  expect(gigaOperations(caseOf('fine-tuning-2048-4000-2000-6'))).toBeCloseTo(
    (2 * 100 * (2 * a + 3 * b + 3 * c)) / 1e9,
    12,
  );
});

test('a CD-1 step reads weights thrice and passes nine times over weights and velocity in all', () => {
  const plan = caseOf('cd1-3072x4000-binary');
  expect(weightBytes(plan)).toBe(4 * 3072 * 4000);
  expect(bytesMoved(plan)).toBe(9 * weightBytes(plan));
});

test('a convolution does the five products of CD-1 with 242 weights a filter at 7396 places', () => {
  const plan = caseOf('convolution-96x96x2-11x11x24');
  expect(gigaOperations(plan)).toBeCloseTo((5 * 2 * 10 * 86 ** 2 * 11 ** 2 * 2 * 24) / 1e9, 9);
  expect(weightBytes(plan)).toBe(4 * 11 ** 2 * 2 * 24);
  expect(bytesMoved(plan)).toBe(9 * weightBytes(plan));
});

test('names are unique, and say the sizes', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  const unsaid = CASES.filter(({ kind }) => kind !== 'convolution').filter(
    ({ name, sizes }) => !name.includes(sizes.join('x')) && !name.includes(sizes.join('-')),
  );
  expect(unsaid.map(({ name }) => name)).toEqual(['tiny']);
  expect(CASES.map(stepsOf).filter((steps) => steps !== 1)).toEqual([600]);
});
