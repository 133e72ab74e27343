import {
  count,
  figure,
  histogram,
  percent,
  pixelSheet,
  plural,
  type Block,
  type Report,
  type ReportSection,
} from '@deepbelief/pictures';
import type { NumericArray } from '@deepbelief/arrays';
import type { ColumnDescription } from '@deepbelief/tables';
import type { ArraysLook, ImagesLook, Look, TableLook } from './look-at.ts';

/** The most charts on a page. */
const MOST_CHARTS = 100;

/** The most pictures on a sheet. */
const MOST_PICTURES = 100;

/** Makes the report that `look --report` writes. */
export function lookReport(name: string, look: Look): Report {
  if (look.kind === 'table') return tableReport(name, look);
  return look.kind === 'images' ? imagesReport(name, look) : arraysReport(name, look);
}

function tableReport(name: string, { about, table }: TableLook): Report {
  const { rows, columns, notices } = table;
  const withGaps = columns.filter(({ gaps }) => gaps > 0).length;
  const ignored = columns.filter(({ kind }) => kind === 'ignored').length;
  return {
    title: name,
    summary:
      `This is ${about} of ${plural(rows, 'row')} and ${plural(columns.length, 'column')}. ` +
      `${plural(withGaps, 'column')} ${withGaps === 1 ? 'has' : 'have'} gaps, and ` +
      `${plural(ignored, 'column')} cannot be learned from.`,
    sections: [
      {
        heading: 'Columns',
        blocks: [
          ...notices.map((text): Block => ({ kind: 'text', text })),
          columnTable(columns, rows),
          ...mistakeBlocks(columns),
          ...frequentBlocks(columns, rows),
        ],
      },
      chartSection(
        columns.flatMap((column) => columnChart(column)),
        'Each histogram shows up to 2,000 numbers, evenly drawn from the column.',
      ),
    ],
  };
}

function columnTable(columns: readonly ColumnDescription[], rows: number): Block {
  const number = (heading: string): { heading: string; format: (value: number) => string } => ({
    heading,
    format: figure,
  });
  return {
    kind: 'table',
    columns: [
      { heading: 'column' },
      { heading: 'gaps' },
      number('mean'),
      number('σ'),
      number('lowest'),
      number('highest'),
      { heading: 'different values' },
      { heading: 'units' },
      { heading: 'why' },
    ],
    rows: columns.map(({ name, gaps, moments, different, units, why }) => [
      name,
      { value: gaps, text: gaps === 0 ? '0' : percent(gaps / rows, 1) },
      moments?.mean ?? null,
      moments?.deviation ?? null,
      moments?.lowest ?? null,
      moments?.highest ?? null,
      different ?? null,
      units ?? 'none',
      why,
    ]),
  };
}

function mistakeBlocks(columns: readonly ColumnDescription[]): Block[] {
  return columns.flatMap(({ name, mistakes }) =>
    mistakes.map((text): Block => ({ kind: 'text', text: `Column ${name}: ${text}.` })),
  );
}

function frequentBlocks(columns: readonly ColumnDescription[], rows: number): Block[] {
  const texts = columns.filter(
    ({ moments, frequent }) => moments === undefined && frequent.length > 0,
  );
  if (texts.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'The most frequent values of columns of texts.',
      columns: [{ heading: 'column' }, { heading: 'values' }],
      rows: texts.map(({ name, frequent, gaps }) => [
        name,
        frequent.map(([text, times]) => `${text} ${percent(times / (rows - gaps))}`).join(', '),
      ]),
    },
  ];
}

function columnChart({ name, moments, sample }: ColumnDescription): string[] {
  return moments !== undefined && moments.highest > moments.lowest
    ? [histogram({ title: name, x: { label: name }, values: sample })]
    : [];
}

function chartSection(charts: readonly string[], about: string): ReportSection {
  const shown = charts.slice(0, MOST_CHARTS);
  const more = charts.length - shown.length;
  return {
    heading: 'Histograms',
    blocks: [
      {
        kind: 'text',
        text:
          more === 0 ? about : `${about} The first ${MOST_CHARTS}; ${count(more)} are left out.`,
      },
      ...shown.map((svg): Block => ({ kind: 'chart', svg })),
    ],
  };
}

function arraysReport(name: string, { about, arrays }: ArraysLook): Report {
  return {
    title: name,
    summary: `This is ${about} of ${arrays.length === 1 ? 'one array' : `${count(arrays.length)} arrays`}.`,
    sections: arrays.slice(0, MOST_CHARTS).map(({ name: own, array, description }) => {
      const { dtype, shape, values, constant, missing, infinite, zeros, fits, sample } =
        description;
      const { numbers, mean, deviation, lowest, highest } = description;
      return {
        heading: own,
        blocks: [
          {
            kind: 'settings',
            settings: {
              type: dtype,
              shape: shape.join(' × '),
              ...(numbers > 0 && {
                lowest: figure(lowest),
                highest: figure(highest),
                mean: figure(mean),
                'standard deviation': figure(deviation),
                zeros: percent(zeros / numbers, 1),
              }),
              'NaN values': count(missing),
              'infinite values': count(infinite),
              'constant values': `${count(constant)} of ${count(values)} of an example`,
            },
          },
          ...fits.map(({ units, why }): Block => ({ kind: 'text', text: `${units}: ${why}.` })),
          ...(lowest < highest
            ? [
                {
                  kind: 'chart' as const,
                  svg: histogram({ title: own, x: { label: 'value' }, values: sample }),
                },
              ]
            : []),
          ...pictureBlocks(array, lowest),
        ],
      };
    }),
  };
}

function imagesReport(name: string, { images, side, pixels }: ImagesLook): Report {
  const { pictures, classes, kinds, wrong } = images;
  const shown = pixels.length / side ** 2;
  const number = { heading: 'pictures', format: count };
  return {
    title: name,
    summary:
      `This is a folder of ${plural(pictures, 'picture')} of ` +
      `${plural(classes.length, 'class', 'classes')}. ` +
      `${plural(wrong.length, 'file')} cannot be read.`,
    sections: [
      {
        heading: 'Pictures',
        blocks: [
          ...(shown === 0
            ? []
            : [
                {
                  kind: 'pictures' as const,
                  pictures: [
                    {
                      sheet: pixelSheet(pixels, [side, side]),
                      caption: `${plural(shown, 'picture')} of ${count(pictures)}, in gray`,
                    },
                  ],
                },
              ]),
          ...wrong.map((text): Block => ({ kind: 'text', text })),
        ],
      },
      {
        heading: 'Classes and sizes',
        blocks: [
          {
            kind: 'table',
            columns: [{ heading: 'class' }, number],
            rows: classes.map((one) => [one.name, one.pictures]),
          },
          {
            kind: 'table',
            columns: [{ heading: 'size' }, { heading: 'format' }, { heading: 'colors' }, number],
            rows: kinds.map((kind) => [
              `${kind.width} × ${kind.height}`,
              kind.format,
              kind.color ? 'color' : 'gray',
              kind.pictures,
            ]),
          },
        ],
      },
    ],
  };
}

/** Shows the first examples as pictures, if they can be pictures. */
function pictureBlocks({ shape, data }: NumericArray, lowest: number): Block[] {
  const [examples = 0, ...own] = shape;
  const side = Math.sqrt(own[0] ?? 0);
  const image = own.length === 1 && Number.isInteger(side) && side >= 8 ? [side, side] : own;
  const [height = 0, width = 0, channels = 1] = image;
  const isImage =
    (image.length === 2 || (image.length === 3 && [1, 3].includes(channels))) &&
    [height, width].every((length) => length >= 4 && length <= 512);
  if (!isImage || examples === 0 || !Number.isFinite(lowest)) return [];
  const shown = Math.min(
    examples,
    MOST_PICTURES,
    Math.max(1, Math.floor(2 ** 21 / (height * width))),
  );
  const values = Array.from({ length: shown * height * width * channels }, (_, i) => {
    const value = Number(data[i]);
    return Number.isFinite(value) ? value : lowest;
  });
  const as = own.length === 1 ? `, as squares of ${side} × ${side}` : '';
  return [
    {
      kind: 'pictures',
      pictures: [
        {
          sheet: pixelSheet(values, image, { range: 'all' }),
          caption: `The first ${count(shown)} of ${count(examples)} examples${as}`,
          zoom: height * width <= 1024 ? 2 : 1,
        },
      ],
    },
  ];
}
