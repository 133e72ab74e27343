import { table } from 'table';

/** Writes a line for people to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes the one JSON object that `--json` promises to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes a table to standard output: the first row holds the headings, numbers stand on the right. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const columns = headings.map((_, i) => ({ alignment: i === 0 ? ('left' as const) : ('right' as const) }));
  process.stdout.write(
    table([headings, ...rows] as string[][], {
      columns,
      drawHorizontalLine: (line, count) => line === 0 || line === 1 || line === count,
    }),
  );
}

/** A fraction as per cent: `1.25 %`. */
export function percentage(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
