import { createRbm } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import {
  dotChart,
  filterSheet,
  histogram,
  lineChart,
  pixelSheet,
  renderReport,
  type LineChartOptions,
  type Report,
} from '../src/index.ts';

// Options also come from plain JavaScript, where no compiler checks them.
const rbm = createRbm({
  visible: { units: binary(), size: 4 },
  hidden: { units: binary(), size: 2 },
  seed: 1,
});
const axis = { label: 'epoch' };
const line = { title: 't', x: axis, y: axis, series: [{ name: 'a', points: [[0, 1]] }] } as const;
const dots = { title: 't', x: axis, rows: [{ name: 'a', mean: 1 }] };
const report = { title: 't', summary: 's', sections: [] };

const cases: readonly [string, () => unknown, string][] = [
  [
    'pixelSheet',
    () => pixelSheet([1], [1, 1], { gaps: 1 } as object),
    'pixelSheet: unknown option gaps, expected only',
  ],
  [
    'pixelSheet',
    () => pixelSheet([1], [1, 1], { range: 'both' } as object),
    'pixelSheet: option range is "both"',
  ],
  [
    'pixelSheet',
    () => pixelSheet([1], [1, 1], { symmetric: 1 } as object),
    'option symmetric is 1, expected true or',
  ],
  [
    'filterSheet',
    () => filterSheet(rbm, [2, 2], { colors: 'gray' } as object),
    'unknown option colors, expected only',
  ],
  [
    'filterSheet',
    () => filterSheet(rbm, [2, 2], { order: 'norms' } as object),
    'option order is "norms", expected one',
  ],
  [
    'lineChart',
    () => lineChart({ ...line, log: true } as LineChartOptions),
    'lineChart: unknown option log',
  ],
  [
    'an axis of lineChart',
    () => lineChart({ ...line, x: { label: 'epoch', logarithmic: true } } as LineChartOptions),
    'lineChart: x: unknown option logarithmic, expected only label, log, format',
  ],
  [
    'a series of lineChart',
    () => lineChart({ ...line, series: [{ ...line.series[0], dash: 1 } as never] }),
    'lineChart: series 0: unknown option dash, expected only name, points',
  ],
  ['dotChart', () => dotChart({ ...dots, width: -1 }), 'dotChart: option width is -1'],
  [
    'histogram',
    () => histogram({ title: 't', x: { ...axis, log: true }, values: [1] } as never),
    'unknown option log',
  ],
  [
    'renderReport',
    () => renderReport({ ...report, theme: 'dark' } as Report),
    'the report: unknown option theme',
  ],
  [
    'a block of renderReport',
    () =>
      renderReport({
        ...report,
        sections: [{ heading: 'h', blocks: [{ kind: 'text', html: '' } as never] }],
      }),
    'renderReport: a block of kind text: unknown option html, expected only kind, text',
  ],
];

test.each(cases)('%s refuses what it does not know', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
  await expect(Promise.resolve().then(call)).rejects.toThrow(RangeError);
});
