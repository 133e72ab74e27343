import type { Model } from '@deepbelief/models';
import { lineChart, type Report } from '@deepbelief/pictures';
import type { TableColumn } from '@deepbelief/tables';

/** What a column holds, in words. */
function contents(column: TableColumn): string {
  if ('categories' in column) {
    const some = column.categories.slice(0, 6).join(', ');
    return column.categories.length > 6 ? `${some}, … (${column.categories.length})` : some;
  }
  if (column.kind === 'count') return `0 to ${column.most}`;
  if (column.kind === 'ignored') return `left out: ${column.why}`;
  const [mean, deviation] = [column.mean, column.deviation].map((value) =>
    Number(value.toPrecision(4)),
  );
  return `mean ${mean}, deviation ${deviation}`;
}

/** The most columns that are listed; a picture has more. */
const MOST_LISTED = 100;

/** A row for each column: name, kind, gaps, what it holds. */
export function columnRows({ inputs }: Model): string[][] {
  const { columns, label } = inputs.schema;
  const rows = columns
    .slice(0, MOST_LISTED)
    .map((column) => [
      column.name,
      column.name === label ? 'label' : column.kind,
      String(column.gaps),
      contents(column),
    ]);
  const more = columns.length - rows.length;
  return more > 0 ? [...rows, [`… ${more} more`, '', '', '']] : rows;
}

/** What a trial of a recipe came to, as the model's file has it. */
interface Trial {
  readonly units: string;
  readonly size: number;
  readonly weightDecay: number;
  readonly rmse: number | null;
  readonly accuracy: number | null;
}

function trialsOf({ training }: Model): readonly Trial[] {
  return (training['trials'] ?? []) as unknown as readonly Trial[];
}

/** What was trained, and how well it fills cells that were held out. */
export function figureText(model: Model): string {
  const sizes = model.dbn.layers.map(({ hidden }) => `${hidden.size} ${hidden.units.type}`);
  const what = `A model of ${sizes.join(' and ')} hidden units`;
  const [best] = trialsOf(model);
  if (best === undefined) return `${what}.`;
  const figures = [
    ...(best.rmse === null
      ? []
      : [`numbers are off by ${best.rmse.toFixed(2)} standard deviations (the mean: 1)`]),
    ...(best.accuracy === null
      ? []
      : [`${(100 * best.accuracy).toFixed(0)}% of categories are right`]),
  ];
  return `${what}. Of cells that were held out to choose it, ${figures.join(' and ')}.`;
}

/** The report that stands beside a model. */
export function tableReport(model: Model, path: string, command: string): Report {
  const { training, inputs } = model;
  const layers = (training['layers'] ?? []) as unknown as { readonly errors: readonly number[] }[];
  const trials = trialsOf(model);
  return {
    title: `A model of ${path}`,
    summary: figureText(model),
    sections: [
      {
        heading: 'Columns',
        blocks: [
          {
            kind: 'text',
            text: `${inputs.schema.rows} rows of ${inputs.schema.columns.length} columns.`,
          },
          {
            kind: 'table',
            columns: ['column', 'kind', 'gaps', 'what it holds'].map((heading) => ({ heading })),
            rows: columnRows(model),
          },
        ],
      },
      ...(trials.length === 0
        ? []
        : [
            {
              heading: 'Choice of the hidden layer',
              blocks: [
                {
                  kind: 'table' as const,
                  caption:
                    'A tenth of the known cells was held out: root of the mean square error of ' +
                    'numbers, in standard deviations, and share of categories that are right.',
                  columns: [
                    { heading: 'hidden units' },
                    { heading: 'weight decay' },
                    { heading: 'error of numbers', best: 'lowest' as const },
                    { heading: 'right categories', best: 'highest' as const },
                  ],
                  rows: trials.map(({ units, size, weightDecay, rmse, accuracy }) => [
                    `${size} ${units}`,
                    weightDecay,
                    rmse === null ? null : { value: rmse, text: rmse.toFixed(4) },
                    accuracy === null
                      ? null
                      : { value: accuracy, text: `${(100 * accuracy).toFixed(1)}%` },
                  ]),
                },
              ],
            },
          ]),
      {
        heading: 'Training',
        blocks: [
          {
            kind: 'chart',
            svg: lineChart({
              title: 'Reconstruction error',
              x: { label: 'epoch' },
              y: { label: 'mean squared error of a value' },
              series: layers.map(({ errors }, i) => ({
                name: `layer ${i + 1}`,
                points: errors.map((error, epoch) => [epoch + 1, error] as const),
              })),
            }),
          },
          { kind: 'command', command },
        ],
      },
    ],
  };
}
