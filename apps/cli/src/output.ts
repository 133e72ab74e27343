import { table } from 'table';

/**
 * Ends the command silently if its reader is gone, as in `| head`, and with one line if a disk is
 * full.
 */
export function endOnOutputErrors(): void {
  process.stderr.on('error', () => process.exit(1));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      say(
        `deepbelief: standard output cannot be written (${error.message}); what is saved ` +
          'stays: send it elsewhere',
      );
    }
    process.exit(1);
  });
}

/** Writes a line for people to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes the one JSON object that `--json` promises to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * Writes a table to standard output. The first row holds the headings; numbers are right-aligned.
 */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const columns = headings.map((_, i) => ({
    alignment: i === 0 ? ('left' as const) : ('right' as const),
  }));
  process.stdout.write(
    table([headings, ...rows] as string[][], {
      columns,
      drawHorizontalLine: (line, count) => line === 0 || line === 1 || line === count,
    }),
  );
}
