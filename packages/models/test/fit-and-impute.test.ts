import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { expect, test } from 'vitest';
import { fit, impute, sample, type TableRows } from '../src/index.ts';
import { people, withGaps } from './support/people.ts';

const whole = people(100);
const gappy = withGaps(whole);
const options = { units: 'gaussian', layers: [2], epochs: 150, learningRate: 0.05 } as const;

/** The error of heights and weights in cells that were gaps, in deviations. */
function errorOf(filled: TableRows): number {
  const squares = gappy.rows.flatMap((row, i) =>
    [1, 2].flatMap((j) => {
      const difference = Number(filled.rows[i]![j]!) - Number(whole.rows[i]![j]!);
      return row[j] === null ? [(difference / (j === 1 ? 10 : 8)) ** 2] : [];
    }),
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

test('gaps are filled from the rest of the row; all other cells and types stay', async () => {
  await expectNoLeak(async () => {
    const model = await fit(gappy, options);
    const filled = await impute(model, gappy, { sweeps: 20, burnIn: 5 });
    expect(filled.columns).toEqual(whole.columns);
    const isGap = (i: number, j: number): boolean => gappy.rows[i]![j] === null;
    const kept = filled.rows.map((row, i) => row.map((cell, j) => (isGap(i, j) ? null : cell)));
    expect(kept).toEqual(gappy.rows);
    const types = ({ rows }: TableRows): string[][] => rows.map((row) => row.map((c) => typeof c));
    expect(types(filled)).toEqual(types(whole));
    // Weights are whole numbers in training, and so here; a constant column has its constant.
    expect(filled.rows.every((row) => Number.isInteger(row[2]) && row[5] === 'CH')).toBe(true);
    // The mean would be off by a deviation.
    expect(errorOf(filled)).toBeLessThan(0.5);
    model.dispose();
  });
});

test('samples differ between imputations, and the same seed gives the same ones', async () => {
  const model = await fit(gappy, { ...options, epochs: 2 });
  const draw = (): Promise<TableRows[]> =>
    impute(model, gappy, { method: 'sample', imputations: 2, sweeps: 2, burnIn: 2 });
  const [first, second] = await draw();
  expect(first!.rows.flat().join()).not.toBe(second!.rows.flat().join());
  expect(await draw()).toEqual([first, second]);
  model.dispose();
});

test('a model is chosen, trained and told of; the same seed gives the same model', async () => {
  const stages = new Set<string>();
  const onProgress = ({ stage, fraction }: { stage: string; fraction: number }): void => {
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThanOrEqual(1);
    stages.add(stage);
  };
  const small = { columns: ['a', 'b'], rows: whole.rows.map((row) => [row[1]!, row[2]!]) };
  const once = await fit(small, { ...options, epochs: 2, layers: [3, 2], onProgress });
  const again = await fit(small, { ...options, epochs: 2, layers: [3, 2] });
  expect([...stages]).toEqual(['layer 1', 'layer 2']);
  expect(await again.rbm.weights.data()).toEqual(await once.rbm.weights.data());
  once.dispose();
  again.dispose();
});

test('rows of numbers and arrays are filled as float64', async () => {
  await expectNoLeak(async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i / 10, i % 4 === 0 ? NaN : i / 5, 7]);
    const model = await fit(rows, { ...options, layers: [1], epochs: 60 });
    const filled = await impute(model, rows, { sweeps: 20, burnIn: 5 });
    expect(filled.dtype).toBe('float64');
    expect(filled.shape).toEqual([60, 3]);
    const errors = rows.map((row, i) => {
      const [a = 0, b = 0, constant] = filled.data.subarray(3 * i, 3 * i + 3);
      expect([a, constant]).toEqual([row[0], 7]);
      return Math.abs(b - i / 5);
    });
    const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
    // Of the 15 gaps; the deviation of this column is 3.5.
    expect(Math.sqrt(squares / 15)).toBeLessThan(1.75);
    model.dispose();
  });
});

test('new rows have the columns and the kinds of cells of the old ones', async () => {
  await expectNoLeak(async () => {
    const model = await fit(whole, { ...options, epochs: 3 });
    const { columns, rows } = await sample(model, 20, { steps: 5 });
    expect(columns).toEqual(whole.columns);
    for (const [name, height, weight, city, smoker, country] of rows) {
      expect([name, typeof height, country]).toEqual([null, 'number', 'CH']);
      expect(Number.isInteger(weight)).toBe(true);
      expect(['Bern', 'Biel', 'Chur']).toContain(city);
      expect(typeof smoker).toBe('boolean');
    }
    model.dispose();
  });
});
