import { percentage, publishedErrors, type Row } from '@deepbelief/experiments';
import { printTable } from './output.ts';

/** Prints test errors on MNIST with what was published beside them. */
export function printMnistRows(rows: readonly Row[]): void {
  printTable(
    ['net', 'labels', 'start', 'test error', 'sd', 'published'],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`,
      String(row.labels ?? 'all'),
      { none: 'random', first: 'first layer pre-trained', all: 'pre-trained' }[row.pretrained],
      percentage(row.testError),
      row.sd === null ? '' : percentage(row.sd),
      publishedErrors(row)
        .map(({ error, who }) => `${percentage(error)} (${who})`)
        .join('\n'),
    ]),
  );
}
