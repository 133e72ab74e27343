import { typedCell, type Cell } from './cell.ts';
import { checkColumns } from './column-names.ts';
import { quoted, TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';
import { textPieces } from './text-pieces.ts';

/** Rows whose keys are the columns. */
const SAMPLE_ROWS = 1000;

/** The most characters of a line. */
const LONGEST_LINE = 2 ** 24;

/**
 * Opens a file of JSON lines: an object on each line, whose keys are columns. A row without a key
 * has a gap there.
 *
 * @throws TableError if it has no rows or is not UTF-8. `rows` also throws one for a line that is
 *   not an object of numbers, texts, true, false and null, and for a key that none of the first
 *   1,000 rows has
 */
export async function openJsonLines(path: string, gaps: ReadonlySet<string>): Promise<TableSource> {
  const keys = new Set<string>();
  let row = 0;
  for await (const line of lines(path)) {
    for (const key of Object.keys(objectOf(path, line, ++row))) keys.add(key);
    if (row === SAMPLE_ROWS) break;
  }
  if (row === 0) {
    throw new TableError(path, {}, 'the file is empty', 'rows', 'check that it is the right file');
  }
  const columns = checkColumns(path, [...keys]);
  return {
    path,
    format: 'json lines',
    columns,
    rules: { gaps, decimalComma: false },
    notices: [],
    rows: () => rows(path, [...keys]),
  };
}

async function* rows(
  path: string,
  keys: readonly string[],
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  const known = new Set(keys);
  let row = 0;
  let some: Cell[][] = [];
  for await (const line of lines(path)) {
    row++;
    const object = objectOf(path, line, row);
    for (const key of Object.keys(object)) {
      if (known.has(key)) continue;
      throw new TableError(
        path,
        { row, column: key },
        'the column is not known',
        `one of ${keys.length} that the first ${SAMPLE_ROWS} rows have`,
        'add it to an earlier row with the value null, or remove it',
      );
    }
    some.push(keys.map((key) => cellOf(path, object[key], row, key)));
    if (some.length < SAMPLE_ROWS) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function* lines(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of textPieces(path)) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = parts.pop()!;
    if (rest.length > LONGEST_LINE) {
      const found = `a line has more than ${LONGEST_LINE} characters`;
      throw new TableError(path, {}, found, 'an object on each line', 'write it as JSON lines');
    }
    for (const part of parts) if (part.trim() !== '') yield part;
  }
  if (rest.trim() !== '') yield rest;
}

function objectOf(path: string, line: string, row: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new TableError(
    path,
    { row },
    `the line is ${quoted(line)}`,
    'a JSON object, such as {"age": 31}',
    'write one object on each line',
  );
}

function cellOf(path: string, value: unknown, row: number, column: string): Cell {
  const cell = typedCell(value);
  if (cell !== undefined) return cell;
  throw new TableError(
    path,
    { row, column },
    'the value is a list or an object',
    'a number, a text, true, false or null',
    'give each of its values a column of its own, or leave it out',
  );
}
