import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { expect, test } from 'vitest';
import { impute, type ImputeOptions, type Rbm } from '../src/index.ts';
import { referenceFreeEnergy, referenceModel, visibleStates } from './support/enumerated-model.ts';
import { reducedModel, type Gappy } from './support/reduced-model.ts';
import { continuousPairs, finitePairs, smallRbm } from './support/small-rbms.ts';

const gap = undefined;
const cases: readonly (readonly [string, Gappy])[] = [
  ['binary-binary', [1, gap, gap, 0]],
  ['mixed-binary', [gap, 0, 0, 1, gap, 2]],
  ['mixed-with-learned-sigma-binary', [1, gap]],
];
const rbmOf = (title: string): Rbm =>
  smallRbm(
    [...finitePairs, ...continuousPairs].find((pair) => pair.title === title)!,
    0.6,
  );
const table = (row: Gappy, rows: number): Float32Array =>
  Float32Array.from(Array.from({ length: rows }, () => row.map((value) => value ?? NaN)).flat());

/** Mean and variance of each unit given the observed ones, by enumeration. */
function conditional(rbm: Rbm, row: Gappy): { mean: number; variance: number }[] {
  const model = referenceModel(rbm);
  const missing = reducedModel(model, (i) => row[i] === gap);
  const states = visibleStates(missing).map(({ state, logFactor }) => {
    const rest = [...state];
    const whole = row.map((value) => value ?? rest.shift()!);
    return { whole, weight: Math.exp(logFactor - referenceFreeEnergy(model, whole)) };
  });
  const total = states.reduce((sum, { weight }) => sum + weight, 0);
  return row.map((_, i) => {
    const moment = (power: number): number =>
      states.reduce((sum, { whole, weight }) => sum + whole[i]! ** power * weight, 0) / total;
    return { mean: moment(1), variance: Math.max(0, moment(2) - moment(1) ** 2) };
  });
}

test.each(cases)(
  'means of %s units are the enumerated ones given what is observed',
  async (title, row) => {
    await expectNoLeak(async () => {
      const rbm = rbmOf(title);
      const rows = 500;
      const found = await impute(rbm, table(row, rows), { sweeps: 40, seed: 3 });
      conditional(rbm, row).forEach(({ mean, variance }, i) => {
        const average = Array.from({ length: rows }, (_, r) => found[r * row.length + i]!).reduce(
          (a, b) => a + b / rows,
          0,
        );
        // At least 2000 independent draws; 4.9 standard errors.
        expect(Math.abs(average - mean)).toBeLessThan(4.9 * Math.sqrt(variance / 2000) + 1e-5);
      });
      rbm.dispose();
    });
  },
);

test.each(cases)(
  'samples of %s units have the enumerated mean and variance',
  async (title, row) => {
    await expectNoLeak(async () => {
      const rbm = rbmOf(title);
      const tables = await impute(rbm, table(row, 1500), {
        method: 'sample',
        imputations: 2,
        seed: 5,
      });
      expect(tables).toHaveLength(2);
      expect(tables[0]).not.toEqual(tables[1]);
      const all = tables.flatMap((one) => [...one]);
      conditional(rbm, row).forEach(({ mean, variance }, i) => {
        const values = all.filter((_, place) => place % row.length === i);
        const average = values.reduce((a, b) => a + b) / values.length;
        const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        expect(Math.abs(average - mean)).toBeLessThan(4.9 * Math.sqrt(variance / 3000) + 1e-5);
        expect(Math.abs(spread - variance)).toBeLessThan(0.15 * variance + 1e-5);
      });
      rbm.dispose();
    });
  },
);

test('observed values stay, gaps are filled, and the same seed gives the same table', async () => {
  await expectNoLeak(async () => {
    const rbm = rbmOf('binary-binary');
    const data = Float32Array.of(1, NaN, 0, 1, NaN, NaN, NaN, NaN, 0, 1, 1, 0);
    const filled = await impute(rbm, data, { seed: 1 });
    const isKnown = (_: number, i: number): boolean => !Number.isNaN(data[i]);
    expect(filled.filter(isKnown)).toEqual(data.filter(isKnown));
    expect(filled.every(Number.isFinite)).toBe(true);
    expect(await impute(rbm, data, { seed: 1 })).toEqual(filled);
    expect(await impute(rbm, data, { seed: 2 })).not.toEqual(filled);
    expect(data[1]).toBeNaN();
    rbm.dispose();
  });
});

test('options and data that do not fit are one-line errors', async () => {
  await expectNoLeak(async () => {
    const rbm = rbmOf('binary-binary');
    const data = new Float32Array(4);
    const wrong: readonly (readonly [Float32Array, object, string])[] = [
      [
        new Float32Array(5),
        {},
        'impute: the data are 5 values, expected a Float32Array of rows of 4',
      ],
      [[0, 1] as never, {}, 'impute: the data are [0,1], expected a Float32Array'],
      [Float32Array.of(0, NaN, 7, 1), {}, 'impute: value 2 of example 0 is 7, expected a number'],
      [data, { sweeps: 0 }, 'impute: sweeps is 0, expected a whole number of at least 1'],
      [data, { method: 'median' }, 'impute: method is "median", expected one of mean, sample'],
      [data, { imputations: 2 }, 'impute: imputations is 2 for means'],
      [data, { draws: 2 }, 'impute: unknown option draws'],
    ];
    for (const [given, options, message] of wrong) {
      await expect(
        impute(rbm, given, options as ImputeOptions & { method: 'mean' }),
      ).rejects.toThrow(message);
    }
    rbm.dispose();
  });
});
