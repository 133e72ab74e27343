import type { Cell, CellRules } from './cell.ts';
import { csvDialect, type CsvDialect } from './csv-dialect.ts';
import { checkColumns, numberedColumns } from './column-names.ts';
import { parseCsv, type CsvEnds, type CsvFault } from './parse-csv.ts';
import { TableError } from './table-error.ts';
import type { TableOptions, TableSource } from './table-source.ts';
import { textPieces, textStart } from './text-pieces.ts';

/** The most characters of a row: an open quote is found here and not at the file's end. */
const LONGEST_ROW = 2 ** 24;

/** Bytes that are read at a time: what comes of them stays in the processor's cache. */
const SMALL = 2 ** 16;

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
  const { notices, separator } = dialect;
  return {
    path,
    format: 'csv',
    columns,
    rules,
    dialect: { separator, header },
    notices,
    rows: () => rows(path, columns, dialect),
  };
}

async function* rows(
  path: string,
  columns: readonly string[],
  { separator, lineEnd, header }: CsvDialect,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  // In a table of one column, an empty line is a gap.
  const ends: CsvEnds = { separator, lineEnd, skipEmpty: columns.length > 1 };
  /** Rows of cells so far, the header included. */
  let done = header ? -1 : 0;
  const read = (text: string, isWhole: boolean): { own: string[][]; rest: string } => {
    const { rows: found, read: end, fault } = parseCsv(text, ends, isWhole);
    const uneven = found.findIndex((row) => row.length !== columns.length);
    if (uneven !== -1) throw ragged(path, done + uneven + 1, found[uneven]!, columns);
    if (fault !== undefined) throw unparsed(path, done + found.length + 1, fault);
    const own = done === -1 ? found.slice(1) : found;
    done += found.length;
    return { own, rest: text.slice(end) };
  };
  const decoder = new TextDecoder();
  let rest = '';
  /** A row that goes over many pieces is tried again when its text has doubled. */
  let enough = 0;
  for await (const piece of smallPieces(path)) {
    const text = rest + decoder.decode(piece, { stream: true });
    rest = text;
    if (text.length < enough) continue;
    const some = read(text, false);
    rest = some.rest;
    enough = 2 * rest.length;
    if (rest.length > LONGEST_ROW) throw unparsed(path, done + 1, 'too long');
    if (some.own.length > 0) yield some.own;
  }
  const { own } = read(rest + decoder.decode(), true);
  if (own.length > 0) yield own;
}

async function* smallPieces(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of textPieces(path))
    for (let at = 0; at < piece.length; at += SMALL) yield piece.subarray(at, at + SMALL);
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

const FAULTS: Readonly<Record<CsvFault | 'too long', readonly [found: string, expected: string]>> =
  {
    'open quote': ['a quote is opened and never closed', 'a closing quote'],
    'after quote': ['a text goes on after its closing quote', 'a separator or the end of the row'],
    'too long': [`it has more than ${LONGEST_ROW} characters`, 'a shorter row'],
  };

function unparsed(path: string, row: number, fault: keyof typeof FAULTS): TableError {
  const [found, expected] = FAULTS[fault];
  const remedy = 'close each quote, and write a quote within quotes twice';
  return new TableError(path, { row }, found, expected, remedy);
}
