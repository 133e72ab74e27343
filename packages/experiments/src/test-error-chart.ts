import { dotChart, type Block } from '@deepbelief/pictures';
import { percentage } from './percentage.ts';

/** A net's test error: the mean over seeds, and its spread if there are several. */
interface ErrorRow {
  readonly testError: number;
  readonly sd: number | null;
}

/** Charts the test errors of all nets. */
export function testErrorChart<Row extends ErrorRow>(
  rows: readonly Row[],
  name: (row: Row) => string,
): Extract<Block, { kind: 'chart' }> {
  return {
    kind: 'chart',
    svg: dotChart({
      title: 'Test error',
      x: { label: 'test error', format: percentage },
      rows: rows.map((row) => ({
        name: name(row),
        mean: row.testError,
        ...(row.sd === null ? {} : { sd: row.sd }),
      })),
    }),
  };
}
