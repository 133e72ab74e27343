import { cellReader, textNumber, type Cell, type CellReader } from './cell.ts';
import { inputColumns, type TableColumn, type TableSchema } from './schema.ts';
import { quoted, TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** Writes rows of a table as numbers. */
export interface RowEncoder {
  /** Values of a row. */
  readonly width: number;
  /** Number of classes; 0 without a label. */
  readonly classes: number;
  /**
   * Writes a row's values from an offset on: NaN for a gap. Returns its class, or −1 without a
   * label.
   *
   * @param number the row's number from 1, for errors
   */
  write(row: readonly Cell[], number: number, into: Float32Array, offset: number): number;
}

/** The number of values that a column has in a row. */
export function columnWidth(column: TableColumn): number {
  if (column.kind === 'ignored') return 0;
  return column.kind === 'category' ? column.categories.length : 1;
}

/** The number of values of a row: those of all its inputs. */
export function rowWidth(schema: TableSchema): number {
  return inputColumns(schema).reduce((sum, column) => sum + columnWidth(column), 0);
}

type Value = (text: string, cell: Cell, row: number) => number;

/**
 * Makes an encoder of a table's rows by a schema, which may have been found in another table.
 *
 * @throws TableError if the table lacks a column of the schema. `write` throws one for a text in a
 *   number's column, a category that the schema does not have, a count that is too large, an
 *   infinite number and a gap in the label
 */
export function rowEncoder(source: TableSource, schema: TableSchema): RowEncoder {
  const reader = cellReader(source.rules);
  const columns = inputColumns(schema).map((column) => ({
    column,
    place: placeOf(source, column),
    width: columnWidth(column),
    value: valueOf(column, source, reader),
  }));
  const label = schema.columns.find(({ name }) => name === schema.label);
  const labelPlace = label && placeOf(source, label);
  const labelValue = label && valueOf(label, source, reader);
  return {
    width: rowWidth(schema),
    classes: label && 'categories' in label ? label.categories.length : 0,
    write(row, number, into, offset) {
      let at = offset;
      for (const { column, place, width, value } of columns) {
        const cell = row[place] ?? null;
        const text = reader.text(cell);
        if (text === undefined) into.fill(NaN, at, at + width);
        else {
          const found = value(text, cell, number);
          if (column.kind === 'category') {
            into.fill(0, at, at + width);
            into[at + found] = 1;
          } else into[at] = found;
        }
        at += width;
      }
      if (labelPlace === undefined) return -1;
      const cell = row[labelPlace] ?? null;
      const text = reader.text(cell);
      if (text !== undefined) return labelValue!(text, cell, number);
      const place = { row: number, column: schema.label! };
      const remedy = 'give it one, or leave the row out';
      throw new TableError(source.path, place, 'the label is missing', 'a category', remedy);
    },
  };
}

function placeOf(source: TableSource, { name }: TableColumn): number {
  const place = source.columns.indexOf(name);
  if (place !== -1) return place;
  throw new TableError(
    source.path,
    { column: name },
    'there is no such column',
    'every column of the schema',
    'use the table that the schema was made for, or rename the column',
  );
}

function valueOf(column: TableColumn, source: TableSource, reader: CellReader): Value {
  if (column.kind === 'number' || column.kind === 'count')
    return numberValue(column, source, reader);
  return categoryValue(column, source);
}

function numberValue(column: TableColumn, { path }: TableSource, reader: CellReader): Value {
  const refuse = (row: number, text: string, expected: string): never => {
    throw new TableError(
      path,
      { row, column: column.name },
      `the value is ${quoted(text)}`,
      expected,
      'correct it, leave it empty, or give the column another kind',
    );
  };
  return (text, cell, row) => {
    const value = reader.number(cell, text);
    if (Number.isNaN(value)) return refuse(row, text, 'a number');
    if (!Number.isFinite(value)) return refuse(row, text, 'a finite number');
    if (column.kind === 'number') {
      const standardized = (value - column.mean) / column.deviation;
      if (Math.abs(standardized) < 3e38) return standardized;
      return refuse(row, text, `a number near ${column.mean}`);
    }
    const most = column.kind === 'count' ? column.most : 0;
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    return refuse(row, text, `a whole number from 0 to ${most}`);
  };
}

function categoryValue(column: TableColumn, { path, rules }: TableSource): Value {
  const categories = 'categories' in column ? column.categories : [];
  const numbers = new Map(categories.map((text, i) => [text, i]));
  // 1 and 1.0 are the same category where the categories are numbers.
  const byValue = new Map(categories.map((text, i) => [textNumber(text, false), i]));
  byValue.delete(NaN);
  return (text, cell, row) => {
    const found = numbers.get(text) ?? byValue.get(textNumber(text, rules.decimalComma));
    if (found !== undefined) return found;
    const some = categories.slice(0, 8).map(quoted).join(', ');
    throw new TableError(
      path,
      { row, column: column.name },
      `the category ${quoted(String(cell))} was never seen before`,
      `one of ${some}${categories.length > 8 ? `, … (${categories.length})` : ''}`,
      'correct it, leave it empty, or add it to the schema and train again',
    );
  };
}
