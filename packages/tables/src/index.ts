export type { Cell, CellRules } from './cell.ts';
export type { ColumnGuess } from './column-of.ts';
export { guessColumn } from './column-of.ts';
export type { ColumnStatistics } from './column-scan.ts';
export { decodeRows } from './decode-rows.ts';
export { describeTable, type ColumnDescription, type TableDescription } from './describe-table.ts';
export { findSchema, type FindSchemaOptions } from './find-schema.ts';
export { openTable } from './open-table.ts';
export { parseSchema } from './parse-schema.ts';
export { cellReader, type CellReader } from './cell.ts';
export { numberedColumns } from './column-names.ts';
export { columnWidth, rowEncoder, rowWidth, type RowEncoder } from './row-encoder.ts';
export { scanTable, type TableStatistics } from './scan-table.ts';
export {
  inputColumns,
  type CategoryColumn,
  type CommonColumn,
  type ColumnKind,
  type CountColumn,
  type IgnoredColumn,
  type NumberColumn,
  SCHEMA_FORMAT,
  type TableColumn,
  type TableSchema,
} from './schema.ts';
export { schemaUnits } from './schema-units.ts';
export { tableDataset, type TableDatasetOptions } from './table-dataset.ts';
export { TableError, type TablePlace } from './table-error.ts';
export type { TableOptions, TableSource } from './table-source.ts';
