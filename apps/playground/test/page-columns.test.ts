import { expect, test } from 'vitest';
import { barsPath } from '../src/pictures/bars-path.ts';
import { joined } from '../src/pictures/joined.ts';
import { emptyCurve, extended } from '../src/runs/curve.ts';

test('curves of two runs share one axis and have no value where they were not looked at', () => {
  const { at, columns } = joined([
    { at: [0, 10, 20], values: [3, 2, 1] },
    { at: [0, 15], values: [5, 4] },
  ]);
  expect(at).toEqual([0, 10, 15, 20]);
  expect(columns).toEqual([
    [3, 2, null, 1],
    [5, null, 4, null],
  ]);
});

test('a long curve is thinned and keeps its order and its newest point', () => {
  let curve = emptyCurve;
  for (let step = 0; step < 5000; step++)
    curve = extended(curve, [{ step, error: -step, gap: step / 2 }]);
  expect(curve.steps.length).toBeLessThanOrEqual(2000);
  expect(curve.steps.length).toBeGreaterThan(900);
  expect(curve.steps.at(-1)).toBe(4999);
  expect([...curve.steps].toSorted((a, b) => a - b)).toEqual(curve.steps);
  expect(curve.error).toEqual(curve.steps.map((step) => -step));
  expect(curve.gap).toEqual(curve.steps.map((step) => step / 2));
});

test('bars reach the top at the largest share and empty bins draw nothing', () => {
  expect(barsPath([1, 0, 2])).toBe('M0.00 40v-20.00h28.67v20.00zM66.67 40v-40.00h28.67v40.00z');
  expect(barsPath([])).toBe('');
  // More than a call takes arguments.
  expect(barsPath(new Uint8Array(300_000).fill(1, 299_999))).toMatch(
    /^M100\.00 40v-40\.00h0\.00v40\.00z$/,
  );
});
