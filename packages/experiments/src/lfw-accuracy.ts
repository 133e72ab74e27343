import { dotChart, type ReportSection } from '@deepbelief/pictures';
import { IMAGES, netName } from './lfw-names.ts';
import { paperFigure, type LfwRow } from './lfw-rows.ts';
import { percentage } from './percentage.ts';

/**
 * Returns the accuracies beside the paper's, a chart, and a second table for everything else that
 * was measured, because the page is not wide.
 */
export function accuracySection(rows: readonly LfwRow[]): ReportSection {
  const { view, folds, layers } = rows[0]!;
  const measured = (row: LfwRow) => ({
    value: row.accuracy,
    text: `${percentage(row.accuracy)} ± ${percentage(row.se)}`,
  });
  const paper = (row: LfwRow) => {
    const figure = row.layers.length === 1 ? paperFigure(row) : undefined;
    return figure === undefined
      ? null
      : { value: figure[0], text: figure.map(percentage).join(' ± ') };
  };
  const overFolds = rows.some(({ sd }) => sd !== null);
  const errors = overFolds ? `over ${folds} folds` : 'of the number of test pairs';
  return {
    heading: 'Accuracy',
    blocks: [
      {
        kind: 'table',
        caption:
          `View ${view}, layers of ${layers.join(' and ')} units; ± is the standard error ` +
          `${errors}. The paper (Nair & Hinton 2010) gives the mean ± standard deviation over ` +
          'the folds of View 2, for one layer of 4000 units; its figures here are quoted from ' +
          'memory.',
        columns: [
          { heading: 'net' },
          { heading: 'pre-trained on' },
          { heading: 'pairs' },
          { heading: 'accuracy', best: 'highest' },
          { heading: 'paper' },
        ],
        rows: rows.map((row) => [
          row.units,
          row.images === null ? 'nothing' : IMAGES[row.images],
          row.pairs,
          measured(row),
          paper(row),
        ]),
      },
      {
        kind: 'table',
        caption:
          'Area under the ROC curve, the error rate where both kinds of error are equally ' +
          'frequent, and the accuracy on training pairs.',
        columns: [
          { heading: 'net' },
          ...(overFolds ? [{ heading: 'sd over folds', format: percentage }] : []),
          { heading: 'AUC', best: 'highest', format: (value) => value.toFixed(4) },
          { heading: 'equal error', best: 'lowest', format: percentage },
          { heading: 'on training pairs', format: percentage },
        ],
        rows: rows.map((row) => [
          netName(row.units, row.pretrained),
          ...(overFolds ? [row.sd] : []),
          row.auc,
          row.eer,
          row.trainingAccuracy,
        ]),
      },
      {
        kind: 'chart',
        svg: dotChart({
          title: `Accuracy, View ${view}`,
          x: { label: 'accuracy', format: percentage },
          rows: rows.map((row) => ({
            name: netName(row.units, row.pretrained),
            mean: row.accuracy,
            sd: row.sd ?? row.se,
          })),
        }),
        caption:
          'Bars: standard deviation over folds; with one fold, the standard error of its ' +
          'number of pairs.',
      },
    ],
  };
}
