import { CsvError, parse } from 'csv-parse';
import type { Cell, CellRules } from './cell.ts';
import { csvDialect, type CsvDialect } from './csv-dialect.ts';
import { checkColumns, numberedColumns } from './column-names.ts';
import { reasonOf, TableError } from './table-error.ts';
import type { TableOptions, TableSource } from './table-source.ts';
import { textPieces, textStart } from './text-pieces.ts';

/** The most bytes of a row: a quote that is never closed ends here and not at the file's end. */
const LONGEST_ROW = 2 ** 24;

/**
 * Opens a CSV file (RFC 4180, with any separator).
 *
 * @throws TableError if it is empty, names a column twice, or is not UTF-8. `rows` also throws one
 *   for a row with too few or too many cells, and for quotes that do not match
 */
export async function openCsv(
  path: string,
  gaps: ReadonlySet<string>,
  options: TableOptions,
): Promise<TableSource> {
  const dialect = csvDialect(await textStart(path), gaps, options);
  const { first, header, decimalComma } = dialect;
  if (first.length === 0) {
    throw new TableError(path, {}, 'the file is empty', 'rows', 'check that it is the right file');
  }
  const columns = header ? checkColumns(path, first) : numberedColumns(first.length);
  const rules: CellRules = { gaps, decimalComma };
  const { notices } = dialect;
  return { path, format: 'csv', columns, rules, notices, rows: () => rows(path, columns, dialect) };
}

async function* rows(
  path: string,
  columns: readonly string[],
  { separator, header }: CsvDialect,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    // In a table of one column, an empty line is a gap.
    skip_empty_lines: columns.length > 1,
    max_record_size: LONGEST_ROW,
    from: header ? 2 : 1,
  });
  let parsed: string[][] = [];
  let done = 0;
  const take = (): string[][] => {
    const taken = parsed;
    parsed = [];
    for (const [i, row] of taken.entries()) {
      if (row.length !== columns.length) throw ragged(path, done + i + 1, row, columns);
    }
    done += taken.length;
    return taken;
  };
  parser.on('data', (row: string[]) => parsed.push(row));
  // Errors also come through the callbacks below.
  parser.on('error', () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('end', resolve);
    parser.once('error', reject);
  });
  ended.catch(() => undefined);
  try {
    for await (const piece of textPieces(path)) {
      await new Promise<void>((resolve, reject) => {
        parser.write(piece, (error) => (error ? reject(error) : resolve()));
      });
      if (parsed.length > 0) yield take();
    }
    parser.end();
    await ended;
    if (parsed.length > 0) yield take();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unparsed(path, done + parsed.length + 1, error);
  } finally {
    parser.destroy();
  }
}

function ragged(
  path: string,
  row: number,
  cells: readonly string[],
  columns: readonly string[],
): TableError {
  return new TableError(
    path,
    { row },
    `it has ${cells.length} cells`,
    `${columns.length}, one for each column`,
    'put quotes around cells that hold the separator, or leave cells without a value empty',
  );
}

function unparsed(path: string, row: number, error: CsvError): TableError {
  const quotes = 'close each quote, and write a quote within quotes twice';
  const found: Readonly<Record<string, readonly [found: string, expected: string]>> = {
    CSV_QUOTE_NOT_CLOSED: ['a quote is opened and never closed', 'a closing quote'],
    CSV_INVALID_CLOSING_QUOTE: [
      'a text goes on after its closing quote',
      'a separator or the end of the row',
    ],
    INVALID_OPENING_QUOTE: ['a quote stands within a cell', 'quotes around the whole cell'],
    CSV_MAX_RECORD_SIZE: [
      `it has more than ${LONGEST_ROW} bytes, maybe from a quote that is never closed`,
      'a shorter row',
    ],
  };
  const [what, expected] = found[error.code] ?? [
    `it cannot be read (${reasonOf(error)})`,
    'cells with separators between them',
  ];
  return new TableError(path, { row }, what, expected, quotes, { cause: error });
}
