import { cellNumber, cellText, type Cell, type CellRules } from './cell.ts';

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

/** Numbers that are kept. */
const SAMPLE = 2000;

/** Goes through a column, one cell after another. */
export interface ColumnScan {
  add(cell: Cell): void;
  finish(): ColumnStatistics;
}

/**
 * Makes a scan of a column. Means and deviations come from Welford's recurrence; memory does not
 * grow with the rows.
 */
export function columnScan(name: string, rules: CellRules): ColumnScan {
  let [rows, gaps, numbers, mean, squares] = [0, 0, 0, 0, 0];
  let [lowest, highest, whole] = [Infinity, -Infinity, true];
  let firstText: ColumnStatistics['firstText'];
  let firstNumber: ColumnStatistics['firstNumber'];
  let firstInfinite: ColumnStatistics['firstInfinite'];
  let counts: Map<string, number> | undefined = new Map();
  const sample: number[] = [];
  let random = 1;

  function addNumber(value: number): void {
    numbers++;
    const difference = value - mean;
    mean += difference / numbers;
    squares += difference * (value - mean);
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (whole && !Number.isInteger(value)) whole = false;
    if (sample.length < SAMPLE) sample.push(value);
    else {
      // J. Vitter, "Random sampling with a reservoir" (1985), algorithm R, and the generator of
      // D. Lehmer (1951): the same rows give the same sample.
      random = (random * 48_271) % 2_147_483_647;
      const at = Math.floor((random / 2_147_483_647) * numbers);
      if (at < SAMPLE) sample[at] = value;
    }
  }

  return {
    add(cell) {
      rows++;
      const text = cellText(cell, rules);
      if (text === undefined) {
        gaps++;
        return;
      }
      const value = cellNumber(cell, text, rules);
      if (Number.isFinite(value)) {
        addNumber(value);
        firstNumber ??= { row: rows, text };
      } else if (Number.isNaN(value)) firstText ??= { row: rows, text };
      else firstInfinite ??= { row: rows, text };
      if (counts === undefined) return;
      const before = counts.get(text);
      if (before === undefined && counts.size === MOST_DISTINCT) counts = undefined;
      else counts.set(text, (before ?? 0) + 1);
    },
    finish: () => ({
      name,
      rows,
      gaps,
      numbers,
      mean,
      deviation: Math.sqrt(squares / Math.max(1, numbers)),
      lowest,
      highest,
      whole,
      firstText,
      firstNumber,
      firstInfinite,
      counts,
      sample,
    }),
  };
}
