import { Dbn } from '@deepbelief/dbn';
import { exactLogPartition } from '@deepbelief/evaluation';
import { createRbm, freeEnergy } from '@deepbelief/rbm';
import { schemaUnits, type TableSchema } from '@deepbelief/tables';
import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { binary, unitsFromConfig } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Model, oddColumns, score, type TableRows } from '../src/index.ts';

const schema: TableSchema = {
  format: 'deepbelief table schema 1',
  rows: 4,
  columns: [
    { name: 'size', kind: 'number', gaps: 0, mean: 10, deviation: 2 },
    { name: 'color', kind: 'category', gaps: 0, categories: ['red', 'green', 'blue'] },
    { name: 'ripe', kind: 'binary', gaps: 0, categories: ['no', 'yes'] },
  ],
};

function smallModel(): Model {
  const dbn = new Dbn();
  dbn.push(
    createRbm({
      visible: { units: unitsFromConfig(schemaUnits(schema)), size: 5 },
      hidden: { units: binary(), size: 3 },
      weightScale: 0.8,
      seed: 4,
    }),
  );
  const form = { type: 'text', whole: false } as const;
  const cells = { size: { type: 'number', whole: false }, color: form, ripe: form } as const;
  const inputs = { schema, units: schemaUnits(schema), cells };
  return new Model({ inputs, dbn, training: {} });
}

const table: TableRows = {
  columns: ['ripe', 'size', 'color'],
  rows: [
    ['yes', 13, 'red'],
    ['no', 8, 'blue'],
  ],
};
/** The rows as the visible units have them. */
const UNITS = [
  [1.5, 1, 0, 0, 1],
  [-1, 0, 0, 1, 0],
];

test('the score is the free energy; normalized, −log p by the enumerated partition', async () => {
  await expectNoLeak(async () => {
    const model = smallModel();
    const rows = tensor2d(UNITS);
    const energies = freeEnergy(model.rbm, rows);
    const expected = [...(await energies.data())];
    rows.dispose();
    energies.dispose();
    const scores = await score(model, table);
    scores.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    const logZ = await exactLogPartition(model.rbm);
    const normalized = await score(model, table, { normalize: true });
    normalized.forEach((value, i) => expect(value).toBeCloseTo(expected[i]! + logZ, 1));
    model.dispose();
  });
});

/** −log p of each cell given the others, by summing over all hidden states in float64. */
async function surprises(model: Model, row: readonly number[]): Promise<number[]> {
  const { rbm } = model;
  const w = await rbm.weights.data();
  const a = await rbm.visible.bias.data();
  const joint = (v: readonly number[]): number => {
    let sum = 0;
    for (let state = 0; state < 8; state++) {
      const h = [state & 1, (state >> 1) & 1, (state >> 2) & 1];
      const energy = v.reduce(
        (all, value, i) =>
          all - a[i]! * value - h.reduce((own, on, j) => own + on * value * w[3 * i + j]!, 0),
        v[0]! ** 2 / 2,
      );
      sum += Math.exp(-energy);
    }
    return sum;
  };
  const own = joint(row);
  // A sum over a fine grid comes to the integral of a smooth density.
  let density = 0;
  for (let x = -15; x <= 15; x += 0.01) density += 0.01 * joint([x, ...row.slice(1)]);
  const colors = [0, 1, 2].map((k) =>
    joint([row[0]!, ...[0, 1, 2].map((i) => Number(i === k)), row[4]!]),
  );
  const ripe = [0, 1].map((k) => joint([...row.slice(0, 4), k]));
  const total = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0);
  return [density, total(colors), total(ripe)].map((sum) => -Math.log(own / sum));
}

test('the surprise of a cell is −log p given the rest, by enumeration', async () => {
  await expectNoLeak(async () => {
    const model = smallModel();
    const found = await oddColumns(model, table, [1, 0], { most: 3 });
    expect(found.map(({ row }) => row)).toEqual([1, 0]);
    for (const { row, columns } of found) {
      const expected = await surprises(model, UNITS[row]!);
      for (const { column, surprise } of columns) {
        const place = schema.columns.findIndex(({ name }) => name === column);
        expect(surprise).toBeCloseTo(expected[place]!, 4);
      }
      const order = columns.map(({ surprise }) => surprise);
      expect(order).toEqual(order.toSorted((x, y) => y - x));
    }
    model.dispose();
  });
});

test('a row that is not there is a one-line error', async () => {
  const model = smallModel();
  await expect(oddColumns(model, table, [2])).rejects.toThrow(
    'oddColumns: row is 2, expected a whole number from 0 to 1',
  );
  model.dispose();
});
