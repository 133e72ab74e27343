import { argumentError } from '@deepbelief/checks';
import type { Cell } from './cell.ts';
import { columnWidth, rowWidth } from './row-encoder.ts';
import { inputColumns, type TableColumn, type TableSchema } from './schema.ts';

/**
 * Turns values back into cells: numbers into those before standardization, categories into their
 * names (the most likely one), grades and counts into the nearest one. NaN becomes a gap.
 *
 * @param values rows of values, as a dataset of the schema has them
 * @returns a cell for each column that is neither ignored nor the label, in their order
 * @throws RangeError if the values are not whole rows
 */
export function decodeRows(schema: TableSchema, values: Float32Array): Cell[][] {
  const columns = inputColumns(schema);
  const width = rowWidth(schema);
  if (values.length % width !== 0) {
    throw argumentError(
      `decodeRows: there are ${values.length} values, expected a multiple of ${width}, ` +
        'the values of a row',
    );
  }
  return Array.from({ length: values.length / width }, (_, row) => {
    let at = row * width;
    return columns.map((column) => {
      const own = values.subarray(at, (at += columnWidth(column)));
      return Number.isNaN(own[0]) ? null : cellOf(column, own);
    });
  });
}

function cellOf(column: TableColumn, values: Float32Array): Cell {
  const [value = 0] = values;
  const nearest = (most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  switch (column.kind) {
    case 'number':
      return value * column.deviation + column.mean;
    case 'count':
      return nearest(column.most);
    case 'category':
      return column.categories[values.indexOf(Math.max(...values))] ?? null;
    case 'binary':
    case 'ordinal':
      return column.categories[nearest(column.categories.length - 1)] ?? null;
    case 'ignored':
    default:
      return null;
  }
}
