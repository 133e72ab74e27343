import { expect, test } from 'vitest';
import { chartScale } from '../src/chart-scale.ts';

test('a linear axis ends at round numbers around the values', () => {
  const { at, ticks } = chartScale('f', { label: 'x' }, [0.3, 9.7], [100, 200], 5);
  expect(ticks.map((tick) => tick.label)).toEqual(['0', '2', '4', '6', '8', '10']);
  expect(ticks.map((tick) => tick.at)).toEqual([100, 120, 140, 160, 180, 200]);
  expect(at(5)).toBe(150);
});

test('a logarithmic axis gives every factor the same length and leaves out what is not positive', () => {
  const { at, ticks } = chartScale('f', { label: 'x', log: true }, [0.001, 1, 0, -3], [0, 300], 4);
  expect([0.001, 0.01, 0.1, 1].map(at)).toEqual(
    [0, 100, 200, 300].map((place) => expect.closeTo(place, 9) as number),
  );
  expect(at(0)).toBeNaN();
  expect(ticks.map((tick) => tick.label).filter((text) => text !== '')).toEqual([
    '0.001',
    '0.01',
    '0.1',
    '1',
  ]);
});

test('a single value is in the middle', () => {
  expect(chartScale('f', { label: 'x' }, [3], [0, 100], 5).at(3)).toBe(50);
  expect(chartScale('f', { label: 'x', log: true }, [3], [0, 100], 5).at(3)).toBeCloseTo(50, 9);
});

test('values are written as asked', () => {
  const percent = (value: number): string => `${100 * value}%`;
  const { ticks } = chartScale('f', { label: 'x', format: percent }, [0, 1], [0, 1], 2);
  expect(ticks.map((tick) => tick.label)).toEqual(['0%', '50%', '100%']);
});

test('an axis without a value to show is refused', () => {
  expect(() => chartScale('f', { label: 'error', log: true }, [0, NaN], [0, 1], 5)).toThrow(
    "f: none of 2 values of 'error' is a finite number above 0 for the logarithmic axis, expected one or more",
  );
});

test('an axis of whole numbers has no ticks between them', () => {
  const { ticks } = chartScale('here', { label: 'epoch' }, [1, 2, 3], [0, 100], 8);
  expect(ticks.map(({ label }) => label)).toEqual(['1', '2', '3']);
  const large = chartScale('here', { label: 'step' }, [0, 20_000], [0, 100], 3);
  expect(large.ticks.map(({ label }) => label)).toContain('10,000');
});
