/** What all columns have. */
export interface CommonColumn {
  readonly name: string;
  /** Rows that have no value. */
  readonly gaps: number;
}

/** A measurement: it is standardized by its mean and standard deviation. */
export interface NumberColumn extends CommonColumn {
  readonly kind: 'number';
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Categories. `binary`: two, 0 for the first and 1 for the second. `category`: two or more without
 * an order, a one for the category among zeros. `ordinal`: grades in order, 0, 1, 2, …
 */
export interface CategoryColumn extends CommonColumn {
  readonly kind: 'binary' | 'category' | 'ordinal';
  readonly categories: readonly string[];
}

/** Whole numbers from 0 to `most`, as they are. */
export interface CountColumn extends CommonColumn {
  readonly kind: 'count';
  readonly most: number;
}

/** A column that is left out. */
export interface IgnoredColumn extends CommonColumn {
  readonly kind: 'ignored';
  readonly why: string;
}

/** What one column holds: its kind, and what the kind needs. */
export type TableColumn = NumberColumn | CategoryColumn | CountColumn | IgnoredColumn;

/** What a column may be. */
export type ColumnKind = TableColumn['kind'];

/** Names the format and its version in a schema's JSON. */
export const SCHEMA_FORMAT = 'deepbelief table schema 1';

/** What the columns of a table hold: plain data, kept as JSON, that you may change. */
export interface TableSchema {
  readonly format: typeof SCHEMA_FORMAT;
  /** Rows of the table in which it was found. */
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** The column whose categories are the classes; it is none of the inputs. */
  readonly label?: string | undefined;
}

/** The columns that are inputs: all but those left out and the label. */
export function inputColumns({ columns, label }: TableSchema): TableColumn[] {
  return columns.filter(({ kind, name }) => kind !== 'ignored' && name !== label);
}
