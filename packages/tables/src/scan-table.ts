import { columnScan, type ColumnStatistics } from './column-scan.ts';
import { TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** What the columns of a table hold. */
export interface TableStatistics {
  readonly rows: number;
  readonly columns: readonly ColumnStatistics[];
}

/**
 * Goes through a table once. Memory does not grow with its rows.
 *
 * @param onRows called with the number of rows so far
 * @throws TableError if there are no rows, and what reading them throws
 */
export async function scanTable(
  source: TableSource,
  onRows?: (rows: number) => void,
): Promise<TableStatistics> {
  const scans = source.columns.map((name) => columnScan(name, source.rules));
  let count = 0;
  for await (const rows of source.rows()) {
    for (const [i, scan] of scans.entries()) for (const row of rows) scan.add(row[i] ?? null);
    count += rows.length;
    onRows?.(count);
  }
  if (count === 0) {
    throw new TableError(
      source.path,
      {},
      'the table has no rows below its header',
      'one or more',
      'check that it is the right file; if the first row is data, say that there is no header',
    );
  }
  return { rows: count, columns: scans.map((scan) => scan.finish()) };
}
