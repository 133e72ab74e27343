import {
  columnWidth,
  inputColumns,
  rowEncoder,
  rowWidth,
  type Cell,
  type TableSource,
} from '@deepbelief/tables';
import type { KnownData, NumberTable } from './model-data.ts';
import { withoutLabel, type ModelInputs } from './model-inputs.ts';
import { numberEncoder } from './number-encoder.ts';

/** Some rows as a model's visible units have them. */
export interface EncodedRows {
  /** The first row's number, from 0. */
  readonly start: number;
  readonly count: number;
  /** Row after row; NaN at gaps. */
  readonly values: Float32Array;
  /** The rows of a table. */
  readonly cells?: readonly (readonly Cell[])[];
}

/** Rows at a time, whatever the source, so that the same seed gives the same numbers. */
export const ROWS = 1024;

/**
 * Yields data as a model's visible units have them, 1,024 rows at a time. The label's column may be
 * there or not.
 *
 * @throws TableError or RangeError that names the row and the column for data that do not fit
 */
export async function* encodedRows(
  inputs: ModelInputs,
  data: KnownData,
): AsyncGenerator<EncodedRows, void, undefined> {
  if (data.form === 'numbers') yield* encodedNumbers(inputs, data.numbers);
  else yield* encodedTable(inputs, data.source);
}

async function* encodedTable(
  inputs: ModelInputs,
  source: TableSource,
): AsyncGenerator<EncodedRows, void, undefined> {
  const encoder = rowEncoder(source, withoutLabel(inputs));
  let waiting: (readonly Cell[])[] = [];
  let start = 0;
  const encoded = (cells: readonly (readonly Cell[])[]): EncodedRows => {
    const values = new Float32Array(cells.length * encoder.width);
    cells.forEach((row, i) => encoder.write(row, start + i + 1, values, i * encoder.width));
    const rows = { start, count: cells.length, values, cells };
    start += cells.length;
    return rows;
  };
  for await (const rows of source.rows()) {
    waiting.push(...rows);
    while (waiting.length >= ROWS) {
      yield encoded(waiting.slice(0, ROWS));
      waiting = waiting.slice(ROWS);
    }
  }
  if (waiting.length > 0) yield encoded(waiting);
}

function* encodedNumbers(
  inputs: ModelInputs,
  numbers: NumberTable,
): Generator<EncodedRows, void, undefined> {
  const width = rowWidth(inputs.schema);
  const write = numberEncoder(inputs, numbers);
  for (let start = 0; start < numbers.rows; start += ROWS) {
    const count = Math.min(ROWS, numbers.rows - start);
    const values = new Float32Array(count * width);
    for (let i = 0; i < count; i++) write(start + i, values, i * width);
    yield { start, count, values };
  }
}

/** Where each input's units begin in a row. */
export function columnStarts({ schema }: ModelInputs): number[] {
  let at = 0;
  return inputColumns(schema).map((column) => {
    const start = at;
    at += columnWidth(column);
    return start;
  });
}
