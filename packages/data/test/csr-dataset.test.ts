import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { csrDataset, csrRowsAt, denseRows, type CsrRows } from '../src/index.ts';
import { checkTensors } from './setup.ts';

checkTensors();

/** [[0, 2, 0, 1], [0, 0, 0, 0], [5, 0, 3, 0]]: columns out of order, and 3 in two parts. */
const ROWS: CsrRows = {
  shape: [3, 4],
  indptr: Uint32Array.of(0, 2, 2, 5),
  indices: Uint32Array.of(3, 1, 2, 0, 2),
  data: Float32Array.of(1, 2, 1, 5, 2),
};
const DENSE = [
  [0, 2, 0, 1],
  [0, 0, 0, 0],
  [5, 0, 3, 0],
];

test('rows with their zeros are those of the matrix, and rows are taken in any order', () => {
  expect([...denseRows(ROWS)]).toEqual(DENSE.flat());
  const taken = csrRowsAt(ROWS, [2, 0, 2, 1]);
  expect(taken.shape).toEqual([4, 4]);
  expect([...denseRows(taken)]).toEqual([2, 0, 2, 1].flatMap((row) => DENSE[row]!));
});

test('both kinds of minibatches have the same examples and labels', async () => {
  const dataset = csrDataset({ name: 'words', rows: ROWS, labels: [1, 0, 1], shape: [2, 2] });
  expect(dataset).toMatchObject({ shape: [2, 2], size: 3, classes: 2 });
  const options = { size: 2, key: randomKey(5) };
  const sparse = [...dataset.csrBatches(options)];
  let at = 0;
  for await (const batch of dataset.batches(options)) {
    const { inputs, labels } = sparse[at++]!;
    expect([...denseRows(inputs)]).toEqual([...(await batch.inputs.data())]);
    expect([...labels!]).toEqual([...(await batch.labels!.data())]);
    batch.dispose();
  }
  expect(at).toBe(2);
  expect([...dataset.csrBatches({ ...options, start: 1 })]).toEqual(sparse.slice(1));
});

test.for([
  [{ shape: [2, 4] }, 'indptr has 4 numbers for 2 rows, expected 3'],
  [{ indptr: Uint32Array.of(0, 2, 1, 5) }, 'indptr[2] is 1, expected numbers that rise from 0'],
  [{ indptr: Uint32Array.of(1, 2, 2, 5) }, 'indptr[0] is 1, expected numbers that rise from 0'],
  [{ indptr: Uint32Array.of(0, 2, 2, 4) }, 'indptr ends with 4, expected 5, the number of values'],
  [{ shape: [3, 3] }, 'indices[0] is 3, expected less than 3'],
  [{ data: Float32Array.of(1, 2, NaN, 5, 2) }, 'data[2] is NaN, expected a finite number'],
  [{ data: Float32Array.of(1) }, 'there are 5 indices for 1 values, expected one for each'],
  [{ indices: [3, 1, 2, 0, 2] }, 'expected a Uint32Array'],
  [{ shape: [3, -1] }, 'shape is [3, -1], expected two whole numbers of 0 or more'],
] as const)('parts that do not belong together are one line: %#', ([part, message]) => {
  const rows = { ...ROWS, ...part } as unknown as CsrRows;
  expect(() => csrDataset({ name: 'words', rows })).toThrow(`words: `);
  expect(() => csrDataset({ name: 'words', rows })).toThrow(message);
});

test('a shape that does not fit, and no rows at all, are one line', () => {
  expect(() => csrDataset({ name: 'words', rows: ROWS, shape: [3] })).toThrow(
    'words: shape is [3] for rows of 4 values, expected that product',
  );
  const none: CsrRows = {
    shape: [0, 4],
    indptr: Uint32Array.of(0),
    indices: new Uint32Array(0),
    data: new Float32Array(0),
  };
  expect(() => csrDataset({ name: 'words', rows: none })).toThrow('words: size is 0');
});
