import { percentage, startOf, type NorbRow } from '@deepbelief/experiments';
import { printTable } from './output.ts';

/** Prints one row per cell of the paper's tables, our figure beside the paper's. */
export function printNorbRows(rows: readonly NorbRow[]): void {
  const held = rows.some(({ validationError }) => validationError !== undefined);
  const optional = (error: number | null | undefined): string =>
    error === null || error === undefined ? '' : percentage(error);
  printTable(
    ['net', 'pre-trained', 'test error', 'sd', ...(held ? ['validation'] : []), 'paper'],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`.trimEnd(),
      startOf(row),
      percentage(row.testError),
      optional(row.sd),
      ...(held ? [optional(row.validationError)] : []),
      optional(row.published),
    ]),
  );
}
