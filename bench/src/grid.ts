import { table } from 'table';

/** Rows as a table; the first holds the headings, and all columns but the first stand right. */
export function grid(rows: readonly (readonly string[])[]): string {
  return table(rows, {
    columns: rows[0]!.map((_, i) => ({
      alignment: i === 0 ? ('left' as const) : ('right' as const),
    })),
    drawHorizontalLine: (line, count) => line === 0 || line === 1 || line === count,
  }).trimEnd();
}
