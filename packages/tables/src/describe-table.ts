import { guessColumn } from './column-of.ts';
import type { ColumnStatistics } from './column-scan.ts';
import { scanTable, type TableStatistics } from './scan-table.ts';
import type { ColumnKind } from './schema.ts';
import { quoted } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** What a column holds, in words and numbers for people. */
export interface ColumnDescription {
  readonly name: string;
  /** What it is taken for, and why. */
  readonly kind: ColumnKind;
  readonly why: string;
  /** The units that fit; undefined if the column is ignored. */
  readonly units: string | undefined;
  readonly gaps: number;
  /** Of its numbers, if most of its cells are some. */
  readonly moments:
    | {
        readonly mean: number;
        readonly deviation: number;
        readonly lowest: number;
        readonly highest: number;
      }
    | undefined;
  /** Some of the numbers, evenly drawn, for histograms. */
  readonly sample: readonly number[];
  /** Number of different texts; undefined if there are too many to count. */
  readonly different: number | undefined;
  /** The most frequent texts, and how often each occurs. */
  readonly frequent: readonly (readonly [text: string, count: number])[];
  /** What must be corrected before a model can be trained: cells that are no finite numbers. */
  readonly mistakes: readonly string[];
}

/** What a table holds. */
export interface TableDescription {
  readonly format: TableSource['format'];
  readonly notices: readonly string[];
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
}

/** The most texts that are listed. */
const FREQUENT = 10;

const UNITS: Readonly<Record<ColumnKind, string | undefined>> = {
  number: 'gaussian',
  binary: 'binary',
  category: 'softmax',
  ordinal: 'ordinal',
  count: 'poisson',
  ignored: undefined,
};

/**
 * Describes a table, in one pass: what each column holds, its gaps, and the units that fit. Unlike
 * `findSchema`, it does not stop at mistakes but lists them.
 *
 * @param statistics what `scanTable` found, if it is there
 * @throws TableError as reading the table does
 */
export async function describeTable(
  source: TableSource,
  statistics?: TableStatistics,
): Promise<TableDescription> {
  const { rows, columns } = statistics ?? (await scanTable(source));
  const { format, notices } = source;
  return { format, notices, rows, columns: columns.map(describeColumn) };
}

function describeColumn(statistics: ColumnStatistics): ColumnDescription {
  const { name, gaps, rows, counts, numbers, sample, mean, deviation, lowest, highest } =
    statistics;
  const { kind, why } = guessColumn(statistics);
  const isNumeric = kind === 'number' || kind === 'count' || numbers === rows - gaps;
  const most = [...(counts ?? [])].toSorted(([, a], [, b]) => b - a).slice(0, FREQUENT);
  return {
    name,
    kind,
    why,
    units: UNITS[kind],
    gaps,
    moments: isNumeric && numbers > 0 ? { mean, deviation, lowest, highest } : undefined,
    sample: isNumeric ? sample : [],
    different: counts?.size,
    frequent: most,
    mistakes: kind === 'number' || kind === 'count' ? mistakesOf(statistics) : [],
  };
}

function mistakesOf({ firstText, firstInfinite, numbers }: ColumnStatistics): string[] {
  return [
    ...(firstText === undefined
      ? []
      : [`row ${firstText.row} is ${quoted(firstText.text)} beside ${numbers} numbers`]),
    ...(firstInfinite === undefined
      ? []
      : [`row ${firstInfinite.row} is ${quoted(firstInfinite.text)}`]),
  ];
}
