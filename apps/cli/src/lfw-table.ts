import { paperFigure, percentage, type LfwRow } from '@deepbelief/experiments';
import { printTable } from './output.ts';

/** Prints accuracies of Siamese nets, the paper's beside them. */
export function printLfwRows(rows: readonly LfwRow[]): void {
  printTable(
    ['net', 'start', 'pairs', 'accuracy', 'se', 'sd', 'AUC', 'equal error', 'paper, View 2'],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`,
      startText(row),
      row.pairs,
      percentage(row.accuracy),
      percentage(row.se),
      row.sd === null ? '' : percentage(row.sd),
      row.auc.toFixed(4),
      percentage(row.eer),
      paperText(row),
    ]),
  );
}

function startText({ images }: LfwRow): string {
  if (images === null) return 'random';
  const which = {
    pairs: 'training pairs’ images',
    people: 'images of all but the test people',
  }[images];
  return `pre-trained on the ${which}`;
}

function paperText(row: LfwRow): string {
  const figure = paperFigure(row);
  return figure === undefined || row.layers.length > 1 ? '' : figure.map(percentage).join(' ± ');
}
