import { numberMoments, numberSample } from '@deepbelief/data';
import { cellReader, type Cell, type CellRules } from './cell.ts';

/** What all cells of a column have in common. */
export interface ColumnStatistics {
  readonly name: string;
  readonly rows: number;
  readonly gaps: number;
  /** Cells that are numbers, and what they have in common; infinite ones apart. */
  readonly numbers: number;
  readonly mean: number;
  /** Divided by the number of cells. */
  readonly deviation: number;
  readonly lowest: number;
  readonly highest: number;
  /** Whether all numbers are whole. */
  readonly whole: boolean;
  /** Whether each cell is one more than the cell above it, as row numbers are. */
  readonly numbering: boolean;
  /** The first cell that is neither a number nor a gap. */
  readonly firstText: { readonly row: number; readonly text: string } | undefined;
  readonly firstNumber: { readonly row: number; readonly text: string } | undefined;
  readonly firstInfinite: { readonly row: number; readonly text: string } | undefined;
  /** How often each text occurs, numbers as texts; undefined if there are too many. */
  readonly counts: ReadonlyMap<string, number> | undefined;
  /** Some of the numbers, evenly drawn, for histograms. */
  readonly sample: readonly number[];
}

/** The most different texts that are counted. */
export const MOST_DISTINCT = 1000;

/** Goes through a column, one cell after another. */
export interface ColumnScan {
  add(cell: Cell): void;
  finish(): ColumnStatistics;
}

/** What a cell was found to be: in a column of few different texts they come again and again. */
interface Known {
  readonly cell: string;
  readonly text: string;
  readonly value: number;
  readonly count: { of: number };
}

/** Short texts whose meaning is remembered, and the most characters of one. */
const REMEMBERED = 256;
const SHORT = 12;

/**
 * Makes a scan of a column. Means and deviations come from Welford's recurrence; memory does not
 * grow with the rows.
 */
export function columnScan(name: string, rules: CellRules): ColumnScan {
  const reader = cellReader(rules);
  const moments = numberMoments();
  const sample = numberSample();
  const known: (Known | undefined)[] = Array.from({ length: REMEMBERED }, () => undefined);
  let [rows, gaps] = [0, 0];
  let [previous, numbering] = [NaN, true];
  let firstText: ColumnStatistics['firstText'];
  let firstNumber: ColumnStatistics['firstNumber'];
  let firstInfinite: ColumnStatistics['firstInfinite'];
  let counts: Map<string, { of: number }> | undefined = new Map();

  function addValue(text: string, value: number): void {
    if (numbering) {
      numbering = rows === 1 ? Number.isInteger(value) : value === previous + 1;
      previous = value;
    }
    if (Number.isFinite(value)) {
      moments.add(value);
      sample.add(value);
      firstNumber ??= { row: rows, text: ownText(text) };
    } else if (Number.isNaN(value)) firstText ??= { row: rows, text: ownText(text) };
    else firstInfinite ??= { row: rows, text: ownText(text) };
  }

  function addNew(cell: Cell): Known | undefined {
    const text = reader.text(cell);
    if (text === undefined) {
      gaps++;
      return undefined;
    }
    const value = reader.number(cell, text);
    addValue(text, value);
    if (counts === undefined) return undefined;
    let count = counts.get(text);
    if (count === undefined && counts.size === MOST_DISTINCT) {
      counts = undefined;
      return undefined;
    }
    if (count === undefined) counts.set(ownText(text), (count = { of: 0 }));
    count.of++;
    return typeof cell === 'string' ? { cell, text, value, count } : undefined;
  }

  return {
    add(cell) {
      rows++;
      if (counts === undefined || typeof cell !== 'string' || cell.length > SHORT) {
        addNew(cell);
        return;
      }
      const place = placeOf(cell);
      const before = known[place];
      if (before?.cell === cell) {
        before.count.of++;
        addValue(before.text, before.value);
      } else known[place] = addNew(cell) ?? before;
    },
    finish: () => ({
      name,
      rows,
      gaps,
      ...moments.finish(),
      numbering: numbering && gaps === 0 && rows > 1,
      firstText,
      firstNumber,
      firstInfinite,
      counts: counts && new Map(Array.from(counts, ([text, { of }]) => [text, of])),
      sample: sample.numbers,
    }),
  };
}

/** Where a short text is remembered: texts of one place replace each other. */
function placeOf(text: string): number {
  const [first, middle] = [text.charCodeAt(0) | 0, text.charCodeAt(text.length >> 1) | 0];
  return (text.length * 37 + first * 11 + middle * 3 + text.charCodeAt(text.length - 1)) & 255;
}

/** A copy of a text: a part of another one would keep all of it in memory. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
