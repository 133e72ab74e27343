import { statSync } from 'node:fs';
import { randomKey } from '@deepbelief/random';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { decodeRows, findSchema, openTable, tableDataset, TableError } from '../src/index.ts';
import { temporaryFiles } from './temporary-files.ts';

const saved = temporaryFiles();
const TABLE =
  'x,c,b,y\n1,red,no,A\n3,green,yes,B\n,blue,no,A\n5,,yes,B\n7,red,no,A\n9,blue,yes,A\n';
const KINDS = { x: 'number', c: 'category', b: 'binary' } as const;

test('rows become standardized numbers, ones among zeros, labels and gaps', async () => {
  const before = memory().numTensors;
  const source = await openTable(saved('t.csv', TABLE));
  const schema = await findSchema(source, { label: 'y', kinds: KINDS });
  const dataset = await tableDataset(source, schema);
  expect([dataset.shape, dataset.size, dataset.classes]).toEqual([[5], 6, 2]);
  expect(dataset.labels).toEqual(Int32Array.of(0, 1, 0, 1, 0, 0));
  // Mean 5, variance (16 + 4 + 0 + 4 + 16) / 5 = 8; blue, green, red.
  const unit = Math.fround(1 / Math.sqrt(8));
  for await (const batch of dataset.batches({ size: 6 })) {
    const rows = await batch.inputs.array();
    expect(rows[0]!.map((value) => value / unit)[0]).toBeCloseTo(-4, 5);
    expect(rows.map((row) => row.slice(1))).toEqual([
      [0, 0, 1, 0],
      [0, 1, 0, 1],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
      [1, 0, 0, 1],
    ]);
    expect(await batch.observed!.array()).toEqual([
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
      [0, 1, 1, 1, 1],
      [1, 0, 0, 0, 1],
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
    ]);
    batch.dispose();
  }
  expect(memory().numTensors).toBe(before);
});

test('a prepared file gives the same minibatches, is used again and notices a changed table', async () => {
  const path = saved('p.csv', TABLE);
  const source = await openTable(path);
  const schema = await findSchema(source, { label: 'y', kinds: KINDS });
  const prepared = `${path}.prepared`;
  const datasets = [
    await tableDataset(source, schema),
    await tableDataset(source, schema, { prepared }),
  ];
  const found = await Promise.all(
    datasets.map(async (dataset) => {
      const all: unknown[] = [dataset.labels];
      for await (const batch of dataset.batches({ size: 4, key: randomKey(2) })) {
        all.push(await batch.inputs.array(), await batch.observed!.array());
        all.push(await batch.labels!.array());
        batch.dispose();
      }
      return all;
    }),
  );
  expect(found[1]).toEqual(found[0]);
  const { ino } = statSync(prepared);
  await tableDataset(source, schema, { prepared });
  expect(statSync(prepared).ino).toBe(ino);
  saved('p.csv', `${TABLE}11,red,no,B\n`);
  expect((await tableDataset(source, schema, { prepared })).size).toBe(7);
});

test('cells come back from values: numbers, categories and gaps', async () => {
  const source = await openTable(saved('t.csv', TABLE));
  const schema = await findSchema(source, { label: 'y', kinds: KINDS });
  const scale = 1 / Math.sqrt(8);
  const values = Float32Array.of(-4 * scale, 0.2, 0.1, 0.7, 0.4, NaN, 1, 0, 0, 0.6);
  expect(decodeRows(schema, values)).toEqual([
    [expect.closeTo(1, 5), 'red', 'no'],
    [null, 'blue', 'yes'],
  ]);
});

test.for([
  ['x,c,b,y\n1,pink,no,A\n', 'row 1, column "c": the category "pink" was never seen before'],
  [
    'x,c,b,y\n1,red,no,A\ntwo,red,no,A\n',
    'row 2, column "x": the value is "two", expected a number',
  ],
  ['x,c,b,y\n1,red,no,\n', 'row 1, column "y": the label is missing'],
  ['x,c,y\n1,red,A\n', 'column "b": there is no such column'],
] as const)('another table that does not fit is one line: %#', async ([text, message]) => {
  const schema = await findSchema(await openTable(saved('t.csv', TABLE)), {
    label: 'y',
    kinds: KINDS,
  });
  const other = await openTable(saved('o.csv', text));
  await expect(tableDataset(other, schema)).rejects.toThrow(TableError);
  await expect(tableDataset(other, schema)).rejects.toThrow(message);
});

test('1 and 1.0 are the same category, and a table too large for memory is refused', async () => {
  const source = await openTable(saved('a.csv', 'g,x\n1,0.5\n2,1.5\n3,2.5\n'));
  const schema = await findSchema(source);
  const other = await openTable(saved('b.csv', 'g,x\n3.0,0.5\n1.0,1.5\n'));
  const inputs = await (await tableDataset(other, schema)).inputsAt(Uint32Array.of(0, 1));
  expect((await inputs.array()).map(([grade]) => grade)).toEqual([2, 0]);
  inputs.dispose();
  await expect(tableDataset(source, schema, { maxBytes: 16 })).rejects.toThrow(
    'row 3: the rows up to here are more than 16 bytes in memory, expected at most 16: name a file',
  );
});
