import { table } from 'table';

/**
 * Formats rows as a table. The first holds the headings; all columns but the first are
 * right-aligned.
 */
export function grid(rows: readonly (readonly string[])[]): string {
  return table(rows, {
    columns: rows[0]!.map((_, i) => ({
      alignment: i === 0 ? ('left' as const) : ('right' as const),
    })),
    drawHorizontalLine: (line, count) => line === 0 || line === 1 || line === count,
  }).trimEnd();
}
