import Papa from 'papaparse';

/** What is wrong with a row. */
export type CsvFault = 'open quote' | 'after quote';

/** Rows of cells; `fault` says why the row after them cannot be read. */
export interface CsvRows {
  readonly rows: string[][];
  /** Characters of the text up to the end of the last row. */
  readonly read: number;
  readonly fault?: CsvFault;
}

/** How rows and cells end. */
export interface CsvEnds {
  readonly separator: string;
  /** What ends a row; a carriage return before a line feed belongs to the end. */
  readonly lineEnd: '\n' | '\r';
  /** Whether an empty line is skipped. Otherwise it is a row of one empty cell. */
  readonly skipEmpty: boolean;
}

/**
 * Reads rows of CSV as RFC 4180 describes them: a cell that begins with a quote ends with one, and
 * holds separators, line ends and doubled quotes. A quote within a cell that begins otherwise is a
 * character like any other.
 *
 * @param text rows from the beginning of one
 * @param isWhole whether the text goes to the end of the file; otherwise its last row, which may
 *   lack its end, is left out
 */
export function parseCsv(
  text: string,
  { separator, lineEnd, skipEmpty }: CsvEnds,
  isWhole: boolean,
): CsvRows {
  const parser = new Papa.Parser({ delimiter: separator, newline: lineEnd });
  const { data, errors, meta } = parser.parse(text, 0, !isWhole) as unknown as Papa.ParseResult<
    string[]
  >;
  // What follows the last line end is no row.
  if (isWhole && text.endsWith(lineEnd)) data.pop();
  // An unfinished row is judged once it is finished.
  const error = errors.find(({ row = 0 }) => row < data.length || isWhole);
  const sound = error === undefined ? data : data.slice(0, error.row);
  const rows = sound.filter((row) => !skipEmpty || row.length > 1 || !isEmpty(row[0]!));
  if (lineEnd === '\n') rows.forEach(withoutCarriageReturn);
  if (error === undefined) return { rows, read: meta.cursor };
  const fault = error.code === 'MissingQuotes' ? 'open quote' : 'after quote';
  return { rows, read: meta.cursor, fault };
}

function isEmpty(cell: string): boolean {
  return cell === '' || cell === '\r';
}

function withoutCarriageReturn(row: string[]): void {
  const cell = row.at(-1)!;
  if (cell.endsWith('\r')) row[row.length - 1] = cell.slice(0, -1);
}
