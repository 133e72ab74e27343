import { textNumber } from './cell.ts';
import { parseCsv, type CsvEnds } from './parse-csv.ts';
import type { TableOptions } from './table-source.ts';

/** How a CSV file is written. */
export interface CsvDialect {
  readonly separator: string;
  readonly lineEnd: CsvEnds['lineEnd'];
  readonly decimalComma: boolean;
  readonly header: boolean;
  /** The first row. */
  readonly first: readonly string[];
  readonly notices: readonly string[];
}

const SEPARATORS = [',', ';', '\t', '|'];

/** Rows that are looked at. */
const SAMPLE_ROWS = 100;

/**
 * Finds out how a CSV file is written from its beginning.
 *
 * @param text the beginning, up to the end of a line
 */
export function csvDialect(
  text: string,
  gaps: ReadonlySet<string>,
  options: TableOptions,
): CsvDialect {
  // Only the first Macs ended lines with a carriage return alone.
  const lineEnd = text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
  const candidates = (options.separator === undefined ? SEPARATORS : [options.separator]).map(
    (separator) => ({ separator, rows: sampleRows(text, { separator, lineEnd, skipEmpty: true }) }),
  );
  // The most columns that (almost) all rows agree on; at a tie, the first separator.
  const best = candidates.reduce((a, b) => (columnsOf(b.rows) > columnsOf(a.rows) ? b : a));
  const [first = [], ...rest] = best.rows;
  const decimalComma =
    options.decimal === undefined
      ? best.separator !== ',' && hasDecimalCommas(rest)
      : options.decimal === ',';
  const isName = (cell: string): boolean =>
    !gaps.has(cell.trim()) && Number.isNaN(textNumber(cell.trim(), decimalComma));
  // pandas leaves the name of its index empty.
  const header =
    options.header ?? first.every((cell, i) => isName(cell) && (i === 0 || cell !== ''));
  return {
    separator: best.separator,
    lineEnd,
    decimalComma,
    header,
    first,
    notices: [
      ...(best.separator === ','
        ? []
        : [`The separator is ${best.separator === '\t' ? 'a tab' : `"${best.separator}"`}.`]),
      ...(decimalComma ? ['Numbers have a decimal comma.'] : []),
      ...(header ? [] : ['No row names the columns; they are numbered.']),
    ],
  };
}

/** The rows up to one that cannot be read; reading the table says what is wrong there. */
function sampleRows(text: string, ends: CsvEnds): string[][] {
  const { rows } = parseCsv(text, ends, true);
  if (rows.length > 0) return rows.slice(0, SAMPLE_ROWS);
  const [line = ''] = text.trimStart().split(/\r?\n/, 1);
  return line === '' ? [] : [line.split(ends.separator)];
}

/** The number of columns that nine of ten rows have; 1 if there is none. */
function columnsOf(rows: readonly string[][]): number {
  const counts = rows.map((row) => row.length).toSorted((a, b) => a - b);
  const middle = counts[Math.floor(counts.length / 2)] ?? 1;
  return counts.filter((count) => count === middle).length >= 0.9 * counts.length ? middle : 1;
}

/** Whether some numbers have a decimal comma and none has a point. */
function hasDecimalCommas(rows: readonly string[][]): boolean {
  const cells = rows.flat().map((cell) => cell.trim());
  return (
    cells.some((cell) => /^[-+]?\d+,\d+$/.test(cell)) &&
    !cells.some((cell) => /^[-+]?\d+[.]\d+$/.test(cell))
  );
}
