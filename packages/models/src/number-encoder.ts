import { argumentError } from '@deepbelief/checks';
import { columnWidth, inputColumns, type TableColumn } from '@deepbelief/tables';
import type { NumberTable } from './model-data.ts';
import { hasIntensities, type ModelInputs } from './model-inputs.ts';

/** Writes a row's visible units from an offset on. */
type WriteRow = (row: number, into: Float32Array, offset: number) => void;

/**
 * Makes an encoder of rows of numbers, whose columns are those of the schema in order, with or
 * without the label's. Returns by writing; the numbers are not kept.
 *
 * @throws RangeError for another number of columns. The encoder throws one that names the row and
 *   the column for a number that the column cannot have
 */
export function numberEncoder({ schema, units }: ModelInputs, numbers: NumberTable): WriteRow {
  const high = hasIntensities({ units }) ? 1 : 3e38;
  const low = high === 1 ? 0 : -high;
  const places = columnPlaces({ schema }, numbers);
  const columns = inputColumns(schema).map((column) => ({
    column,
    place: places.get(column.name)!,
    width: columnWidth(column),
    value: valueOf(column, low, high),
  }));
  const { data, width, name } = numbers;
  return (row, into, offset) => {
    let at = offset;
    for (const { column, place, width: own, value } of columns) {
      const given = data[row * width + place]!;
      if (Number.isNaN(given)) into.fill(NaN, at, at + own);
      else {
        const found = value(given);
        if (found === undefined) throw unfit(name, row, column, given, high);
        if (own === 1) into[at] = found;
        else {
          into.fill(0, at, at + own);
          into[at + found] = 1;
        }
      }
      at += own;
    }
  };
}

/** The place of each column of a schema in rows of numbers. */
export function columnPlaces(
  { schema }: Pick<ModelInputs, 'schema'>,
  { name, width }: Pick<NumberTable, 'name' | 'width'>,
): ReadonlyMap<string, number> {
  const all = schema.columns.map((column) => column.name);
  const unlabeled = all.filter((column) => column !== schema.label);
  const names = width === all.length ? all : unlabeled;
  if (names.length === width) return new Map(names.map((column, i) => [column, i]));
  const some = unlabeled.slice(0, 6).map((column) => JSON.stringify(column));
  const more = unlabeled.length > 6 ? ', …' : '';
  throw argumentError(
    `${name}: the rows have ${width} columns, expected ${unlabeled.length}, as the model was ` +
      `trained on: ${some.join(', ')}${more}`,
  );
}

/** The state of a unit, or the number of the category, for a number; undefined if it is none. */
function valueOf(
  column: TableColumn,
  low: number,
  high: number,
): (value: number) => number | undefined {
  if (column.kind === 'number') {
    const { mean, deviation } = column;
    return (value) => {
      const standardized = (value - mean) / deviation;
      return standardized >= low && standardized <= high ? standardized : undefined;
    };
  }
  if (column.kind === 'count') {
    const { most } = column;
    return (value) => (Number.isInteger(value) && value >= 0 && value <= most ? value : undefined);
  }
  const categories = 'categories' in column ? column.categories : [];
  const byValue = new Map(categories.map((text, i) => [Number(text), i]));
  return (value) => byValue.get(value);
}

function unfit(
  name: string,
  row: number,
  column: TableColumn,
  value: number,
  high: number,
): RangeError {
  const remedy = 'correct it, or make it NaN for a gap';
  const expected =
    'categories' in column
      ? `one of ${column.categories.slice(0, 8).join(', ')}${column.categories.length > 8 ? ', …' : ''}`
      : column.kind === 'count'
        ? `a whole number from 0 to ${column.most}`
        : high === 1 && column.kind === 'number'
          ? `a number from 0 to ${column.deviation}`
          : 'a finite number';
  return argumentError(
    `${name}: row ${row + 1}, column ${JSON.stringify(column.name)}: the value is ${value}, ` +
      `expected ${expected}: ${remedy}`,
  );
}
