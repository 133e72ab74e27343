import {
  mean,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { hasBinaryStates, unitsFromConfig, type UnitsConfig } from '../src/index.ts';
import { examples, titled } from './support/all-units.ts';
import { computeRows, expectClose } from './support/tensors.ts';

const finite = titled.filter(([, units]) => units.states !== undefined);

describe.each(finite)('%s', (_, units) => {
  test('the log-normalizer is the logarithm of the sum over the states that are declared', () => {
    const { states, groupSize } = units;
    const rows = Array.from({ length: states!.count }, (_row, number) => {
      const row = new Float32Array(groupSize);
      states!.write(row, 0, number);
      return [...row];
    });
    const energies = computeRows(rows, (s) => units.energy(s));
    for (const scale of [-1.5, 0, 2]) {
      const input = Array.from({ length: groupSize }, (_x, i) => scale * (1 - 0.3 * i));
      const logs = rows.map(
        (row, k) => row.reduce((sum, s, i) => sum + s * input[i]!, 0) - energies[k]!,
      );
      const expected = Math.log(logs.reduce((sum, value) => sum + Math.exp(value), 0));
      expectClose(
        computeRows([input], (x) => units.logNormalizer(x)),
        [expected],
        { relative: 2e-6, absolute: 1e-6 },
      );
    }
  });
});

test('units are binary where each is 0 or 1 by itself, whatever they are called', () => {
  const are = (config: UnitsConfig): boolean => hasBinaryStates(unitsFromConfig(config));
  expect(are({ type: 'binary' })).toBe(true);
  expect(are({ type: 'binomial', copies: 1 })).toBe(true);
  expect(are({ type: 'mixed', parts: [{ units: { type: 'binary' }, size: 2 }] })).toBe(true);
  for (const config of [
    { type: 'spin' },
    { type: 'softmax', groupSize: 2 },
    { type: 'binomial', copies: 2 },
    { type: 'relu' },
    {
      type: 'mixed',
      parts: [
        { units: { type: 'binary' }, size: 1 },
        { units: { type: 'spin' }, size: 1 },
      ],
    },
  ]) {
    expect(are(config)).toBe(false);
  }
});

test('rectified units are silent at negative inputs and follow positive ones', () => {
  const rectified = titled.filter(([, units]) => units.rectified);
  expect(rectified.map(([, { type }]) => type)).toContain('nrelu');
  const responses = rectified.map(([, units]) =>
    computeRows([[-20], [2], [1]], (x) => units.activation(x)),
  );
  for (const [silent, twice, once] of responses) {
    expect(Math.abs(silent!)).toBeLessThan(1e-6);
    expect(twice! - once!).toBeGreaterThan(0.5);
  }
  expect(
    titled
      .filter(([, { type }]) => type === 'binary' || type === 'gaussian')
      .some(([, units]) => units.rectified),
  ).toBe(false);
});

const learning = examples.filter(([, units]) => Object.keys(units.parameterBounds).length > 0);

describe.each(learning)('%s', (_, units) => {
  const rows = [
    [-3, -0.5, 0.2, 1, 4],
    [0.7, 2, -1.5, -0.1, -6],
  ];
  const start = units.initialParameters(5);
  const names = Object.keys(start);
  /** Parameters off their start, where parts of an energy may vanish; one of them moved further. */
  const moved = (values: typeof start, name: string, by: number): Record<string, Tensor1D> =>
    Object.fromEntries(
      Object.entries(values).map(([other, numbers]) => [
        other,
        tensor1d(numbers.map((value) => value + 0.3 + (other === name ? by : 0))),
      ]),
    );
  /** The slope of a figure that is averaged over the batch, unit by unit. */
  const slopes = (
    name: string,
    of: (column: Tensor2D, parameters: Record<string, Tensor1D>) => Tensor1D,
  ): number[] =>
    rows[0]!.map((_x, i) => {
      const one = units.initialParameters(1);
      const at = (by: number): number =>
        tidy(() => {
          const column = tensor2d(rows.map((row) => [row[i]!]));
          return mean(of(column, moved(one, name, by))).dataSync()[0]!;
        });
      return (at(0.02) - at(-0.02)) / 0.04;
    });
  const tolerance = { relative: 1e-3, absolute: 1e-3 };

  test.each(names)('the moment of %s is the slope of the log-normalizer', (name) => {
    const found = tidy(() => [
      ...units.parameterMoments(tensor2d(rows), moved(start, name, 0))[name]!.dataSync(),
    ]);
    const expected = slopes(name, (x, own) => units.logNormalizer(x, own));
    expectClose(found, expected, tolerance);
  });

  test.each(names)('the gradient of %s is minus the slope of the energy', (name) => {
    const found = tidy(() => [
      ...units.parameterGradients(tensor2d(rows), moved(start, name, 0))[name]!.dataSync(),
    ]);
    const expected = slopes(name, (s, own) => units.energy(s, own));
    expectClose(
      found,
      expected.map((value) => -value),
      tolerance,
    );
  });
});
