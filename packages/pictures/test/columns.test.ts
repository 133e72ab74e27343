import { expect, test } from 'vitest';
import { barsPath, extendColumns, joinColumns, type Columns } from '../src/index.ts';

test('curves of two runs share one axis and have no value where they were not measured', () => {
  const { at, columns } = joinColumns([
    { at: [0, 10, 20], values: [3, 2, 1] },
    { at: [0, 15], values: [5, 4] },
  ]);
  expect(at).toEqual([0, 10, 15, 20]);
  expect(columns).toEqual([
    [3, 2, null, 1],
    [5, null, 4, null],
  ]);
});

test('long columns are thinned and keep their order and their newest point', () => {
  let curve: Columns<'step' | 'error'> = { step: [], error: [] };
  for (let step = 0; step < 5000; step++) curve = extendColumns(curve, [{ step, error: -step }]);
  expect(curve.step.length).toBeLessThanOrEqual(2000);
  expect(curve.step.length).toBeGreaterThan(900);
  expect(curve.step.at(-1)).toBe(4999);
  expect([...curve.step].toSorted((a, b) => a - b)).toEqual(curve.step);
  expect(curve.error).toEqual(curve.step.map((step) => -step));
});

test('bars reach the top at the largest share and empty bins draw nothing', () => {
  expect(barsPath([1, 0, 2])).toBe('M0.00 40v-20.00h28.67v20.00zM66.67 40v-40.00h28.67v40.00z');
  expect(barsPath([])).toBe('');
  // More than a call can have arguments.
  expect(barsPath(new Uint8Array(300_000).fill(1, 299_999))).toMatch(
    /^M100\.00 40v-40\.00h0\.00v40\.00z$/,
  );
});
