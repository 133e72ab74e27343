import { textNumber } from './cell.ts';
import { MOST_DISTINCT, type ColumnStatistics } from './column-scan.ts';
import type { ColumnKind, TableColumn } from './schema.ts';
import { quoted, TableError } from './table-error.ts';

/** The most categories of a column of texts whose kind is not given; more are names or the like. */
const MOST_CATEGORIES = 100;

/** The most different whole numbers in a row that are taken for grades. */
const MOST_GRADES = 10;

/** A mean above which a Poisson distribution is as good as a normal one, which is much faster. */
const LARGE_COUNT = 20;

/** The share of numbers from which the rest are mistakes. */
const MOSTLY = 0.9;

/** What a column is taken for, and why, in words for people. */
export interface ColumnGuess {
  readonly kind: ColumnKind;
  readonly why: string;
}

/** Guesses what a column holds. */
export function guessColumn(statistics: ColumnStatistics): ColumnGuess {
  const { rows, gaps, numbers, counts, whole, lowest, highest } = statistics;
  const known = rows - gaps;
  if (known === 0) return { kind: 'ignored', why: 'all its values are missing' };
  if (counts?.size === 1) {
    const [text = ''] = counts.keys();
    return { kind: 'ignored', why: `it is constant: ${quoted(text)}` };
  }
  if (counts?.size === 2) return { kind: 'binary', why: 'it has two different values' };
  if (numbers < MOSTLY * known) {
    if (counts !== undefined && counts.size <= Math.min(MOST_CATEGORIES, known / 2))
      return { kind: 'category', why: `it has ${counts.size} different texts` };
    const many = counts === undefined ? `more than ${MOST_DISTINCT}` : String(counts.size);
    return { kind: 'ignored', why: `it has ${many} different texts, maybe names` };
  }
  if (statistics.numbering && rows > MOST_GRADES)
    return { kind: 'ignored', why: 'it numbers the rows' };
  if (!whole) return { kind: 'number', why: 'it has numbers with fractions' };
  if (counts !== undefined && counts.size <= MOST_GRADES && highest - lowest + 1 === counts.size)
    return { kind: 'ordinal', why: `it has the whole numbers from ${lowest} to ${highest}` };
  const { mean, deviation } = statistics;
  const dispersion = deviation ** 2 / mean;
  const isSmall = mean <= LARGE_COUNT && highest <= 1024;
  if (lowest >= 0 && isSmall && dispersion > 0.5 && dispersion < 2) {
    const ratio = dispersion.toFixed(2);
    return { kind: 'count', why: `it has whole numbers with a variance of ${ratio} means` };
  }
  return { kind: 'number', why: `it has whole numbers from ${lowest} to ${highest}` };
}

/**
 * Makes a column of a kind from what was found in it.
 *
 * @throws TableError if it cannot be of that kind: a text among numbers, an infinite number, too
 *   many categories, one category alone
 */
export function columnOf(
  kind: ColumnKind,
  statistics: ColumnStatistics,
  why: string,
  file: string,
  decimalComma: boolean,
): TableColumn {
  const { name, gaps, counts, rows, highest, lowest, whole } = statistics;
  const fail = (found: string, expected: string, remedy: string): never => {
    throw new TableError(file, { column: name }, found, expected, remedy);
  };
  if (kind === 'ignored') return { name, gaps, kind, why };
  if (kind === 'number' || kind === 'count') {
    checkNumbers(statistics, kind, file);
    if (kind === 'number') {
      if (!(statistics.deviation > 0)) fail('it is constant', 'numbers that differ', 'ignore it');
      return { name, gaps, kind, mean: statistics.mean, deviation: statistics.deviation };
    }
    if (!whole || lowest < 0 || highest > 1024 || highest < 1) {
      const found = `its values go from ${lowest} to ${highest}${whole ? '' : ' with fractions'}`;
      fail(found, 'whole numbers from 0 to 1024', 'make it a number');
    }
    return { name, gaps, kind, most: highest };
  }
  if (counts === undefined || counts.size < 2) {
    const many = counts === undefined ? `more than ${MOST_DISTINCT}` : String(counts.size);
    fail(`it has ${many} different values in ${rows} rows`, '2 or more categories', 'ignore it');
  }
  const categories = inOrder([...counts!.keys()], decimalComma);
  if (kind === 'binary' && categories.length !== 2)
    fail(`it has ${categories.length} different values`, 'two', 'make it a category');
  if (kind === 'ordinal' && categories.length > 256)
    fail(`it has ${categories.length} different values`, 'at most 256', 'make it a number');
  return { name, gaps, kind, categories };
}

function checkNumbers(statistics: ColumnStatistics, kind: string, file: string): void {
  const { name, firstText, firstInfinite, numbers } = statistics;
  const remedy =
    `correct it, name ${quoted((firstText ?? firstInfinite)?.text ?? '')} as a gap, or make the ` +
    'column a category';
  if (firstText !== undefined) {
    throw new TableError(
      file,
      { row: firstText.row, column: name },
      `the value is ${quoted(firstText.text)}`,
      `a number, like the ${numbers} others of this ${kind}`,
      remedy,
    );
  }
  if (firstInfinite === undefined) return;
  throw new TableError(
    file,
    { row: firstInfinite.row, column: name },
    `the value is ${quoted(firstInfinite.text)}`,
    'a finite number',
    'replace it or leave it empty',
  );
}

/** Numbers by size, and else texts by their characters: `false` before `true`. */
function inOrder(texts: string[], decimalComma: boolean): string[] {
  const numbers = new Map(texts.map((text) => [text, textNumber(text, decimalComma)]));
  const all = texts.every((text) => !Number.isNaN(numbers.get(text)));
  return texts.toSorted((a, b) =>
    all ? numbers.get(a)! - numbers.get(b)! || (a < b ? -1 : 1) : a < b ? -1 : 1,
  );
}
