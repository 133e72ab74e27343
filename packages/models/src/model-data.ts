import type { NumericArray } from '@deepbelief/arrays';
import { argumentError, shown } from '@deepbelief/checks';
import type { IndexedDataset } from '@deepbelief/data';
import type { Cell, TableSource } from '@deepbelief/tables';

/** A table in memory: a cell for each column of each row; null and NaN are gaps. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Numbers in rows: lists, typed arrays. NaN is a gap. */
export type NumberRows = readonly ArrayLike<number>[];

/**
 * What a model learns from or is applied to: a table from `openTable`, a table in memory, rows of
 * numbers, an array `{ dtype, shape, data }` as from a NumPy file, or a dataset.
 */
export type ModelData = TableSource | TableRows | NumberRows | NumericArray | IndexedDataset;

/** Data in one of two forms. */
export type KnownData =
  | { readonly form: 'table'; readonly source: TableSource }
  | { readonly form: 'numbers'; readonly numbers: NumberTable };

/** Numbers, row after row; NaN at gaps. */
export interface NumberTable {
  readonly name: string;
  readonly rows: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
  /** Whether they were bytes. */
  readonly bytes: boolean;
  /** Class numbers of a dataset. */
  readonly labels?: Int32Array | undefined;
}

/** Sorts out what data are given. Throws a RangeError for anything else, and for ragged rows. */
export async function knownData(data: ModelData, where: string): Promise<KnownData> {
  const given: unknown = data;
  if (typeof given !== 'object' || given === null) throw unknownData(where, given);
  if ('rows' in data && typeof data.rows === 'function') {
    return { form: 'table', source: data as TableSource };
  }
  if ('columns' in data) return { form: 'table', source: tableOfRows(data as TableRows, where) };
  if ('batches' in data) return { form: 'numbers', numbers: await datasetNumbers(data) };
  if ('dtype' in data) return { form: 'numbers', numbers: arrayNumbers(data, where) };
  if (Array.isArray(data)) return { form: 'numbers', numbers: rowNumbers(data, where) };
  throw unknownData(where, given);
}

function unknownData(where: string, given: unknown): RangeError {
  return argumentError(
    `${where}: the data are ${shown(given)}, expected a table from openTable, { columns, rows }, ` +
      'rows of numbers, an array { dtype, shape, data } or a dataset',
  );
}

/** Reads a table in memory like one in a file. */
function tableOfRows({ columns, rows }: TableRows, where: string): TableSource {
  rows.forEach((row, i) => {
    if (row.length === columns.length) return;
    throw argumentError(
      `${where}: row ${i + 1} has ${row.length} cells, expected ${columns.length}, one for each ` +
        'column',
    );
  });
  return {
    path: where,
    format: 'json lines',
    columns,
    rules: { gaps: new Set(), decimalComma: false },
    notices: [],
    async *rows() {
      yield rows;
    },
  };
}

function arrayNumbers({ dtype, shape, data }: NumericArray, where: string): NumberTable {
  const [rows = 0, ...rest] = shape;
  const width = rest.reduce((product, n) => product * n, 1);
  if (shape.length === 0 || rows * width !== data.length || rows * width === 0) {
    throw argumentError(
      `${where}: the array has shape [${shape.join(', ')}] and ${data.length} numbers, expected ` +
        'a row of numbers for each example',
    );
  }
  const numbers: ArrayLike<number> =
    data instanceof BigInt64Array || data instanceof BigUint64Array
      ? Float64Array.from(data, Number)
      : data;
  return { name: where, rows, width, data: numbers, bytes: dtype === 'uint8' };
}

function rowNumbers(rows: NumberRows, where: string): NumberTable {
  const width = rows[0]?.length ?? 0;
  if (width === 0) throw argumentError(`${where}: there are no rows of numbers, expected some`);
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== width) {
      throw argumentError(
        `${where}: row ${i + 1} has ${row.length} values, expected ${width}, as row 1 has`,
      );
    }
    for (let j = 0; j < width; j++) {
      const value: unknown = row[j];
      if (typeof value === 'number') data[i * width + j] = value;
      else if (value === null) data[i * width + j] = NaN;
      else {
        throw argumentError(
          `${where}: row ${i + 1}, column ${j + 1} is ${shown(value)}, expected a number: give ` +
            'tables with texts as { columns, rows }',
        );
      }
    }
  });
  return { name: where, rows: rows.length, width, data, bytes: false };
}

/** Examples read at a time. */
const EXAMPLES = 1024;

async function datasetNumbers(dataset: IndexedDataset): Promise<NumberTable> {
  const width = dataset.shape.reduce((product, n) => product * n, 1);
  const data = new Float32Array(dataset.size * width);
  let at = 0;
  for await (const batch of dataset.batches({ size: EXAMPLES })) {
    try {
      data.set(await batch.inputs.data<'float32'>(), at);
      const observed = await batch.observed?.data<'float32'>();
      observed?.forEach((known, i) => {
        if (known === 0) data[at + i] = NaN;
      });
      at += batch.inputs.size;
    } finally {
      batch.dispose();
    }
  }
  const { name, size, labels } = dataset;
  return { name, rows: size, width, data, bytes: false, labels };
}
