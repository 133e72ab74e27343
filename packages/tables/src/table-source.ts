import type { Cell, CellRules } from './cell.ts';

/** A table in a file, read from its beginning as often as needed. */
export interface TableSource {
  readonly path: string;
  readonly format: 'csv' | 'json lines' | 'parquet';
  readonly columns: readonly string[];
  readonly rules: CellRules;
  /** Of CSV: how to write rows as the file has them. */
  readonly dialect?: { readonly separator: string; readonly header: boolean };
  /** What was found out about the file, for people: `The separator is ";".` */
  readonly notices: readonly string[];
  /** All rows in order, some at a time; each has a cell for every column. */
  rows(): AsyncGenerator<readonly (readonly Cell[])[], void, undefined>;
}

/** Options of `openTable`. */
export interface TableOptions {
  /** Default: by the file's ending and its first bytes. */
  readonly format?: 'csv' | 'json lines' | 'parquet';
  /** Of CSV: between cells. Default: the one of `,` `;` tab `|` that makes the most columns. */
  readonly separator?: string;
  /** Of CSV: `,` or `.` in numbers. Default: found. */
  readonly decimal?: ',' | '.';
  /**
   * Of CSV: whether the first row names the columns. Default: yes, unless it has a number or a gap
   * in it.
   */
  readonly header?: boolean;
  /** Texts that stand for a gap, besides the empty one. Default: NA, NaN, null, ? and the like. */
  readonly gaps?: readonly string[];
}
