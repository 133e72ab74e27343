import { aList, anything, checkOptions, positiveNumber, required, aText } from '@deepbelief/checks';
import {
  AXIS_HEIGHT,
  BELOW_TITLE,
  chart,
  horizontalAxis,
  verticalAxis,
  verticalAxisWidth,
} from './chart-frame.ts';
import { chartLegend } from './chart-legend.ts';
import { constantOf } from './constant-of.ts';
import { chartScale, checkAxis, type Axis } from './chart-scale.ts';
import { element, hundredths } from './markup.ts';
import { seriesStyle } from './series-style.ts';

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /**
   * [x, y] in the order in which they are joined; the line is interrupted at points that are not
   * finite.
   */
  readonly points: readonly (readonly [number, number])[];
}

/** What a line chart shows. */
export interface LineChartOptions {
  readonly title: string;
  /** What it shows, in words, for screen readers. Default: the ends of each line. */
  readonly description?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Pixels. Default 720. */
  readonly width?: number;
  /** Pixels. Default 360. */
  readonly height?: number;
}

/** More markers than these on a line would hide it. */
const MOST_MARKERS = 12;

/**
 * Draws a line chart as an SVG document, for a file or for a page.
 *
 * @throws RangeError if no point of any series can be shown
 */
export function lineChart(options: LineChartOptions): string {
  const { title, x, y, width = 720, height = 360 } = options;
  checkOptions('lineChart', options, {
    title: required(aText),
    description: aText,
    x: anything,
    y: anything,
    series: required(aList),
    width: positiveNumber,
    height: positiveNumber,
  });
  checkAxis('lineChart', 'x', x);
  checkAxis('lineChart', 'y', y, ['label', 'log', 'format', 'resolution']);
  options.series.forEach((line, i) =>
    checkOptions(`lineChart: series ${i}`, line, {
      name: required(aText),
      points: required(aList),
    }),
  );
  const series = options.series.map((line) => withoutRounding(line, y));
  const points = series.flatMap((line) => line.points);
  const legend = chartLegend(
    series.map(({ name }) => name),
    width,
    BELOW_TITLE,
  );
  const top = BELOW_TITLE + legend.height + 10;
  const bottom = height - AXIS_HEIGHT;
  const down = chartScale(
    'lineChart',
    y,
    points.map((point) => point[1]),
    [bottom, top],
    6,
  );
  const area = { left: verticalAxisWidth(down), right: width - 16, top, bottom };
  const across = chartScale(
    'lineChart',
    x,
    points.map((point) => point[0]),
    [area.left, area.right],
    8,
  );
  const place = ([atX, atY]: readonly [number, number]): Place => [across.at(atX), down.at(atY)];
  return chart({ width, height }, title, options.description ?? describe({ ...options, series }), [
    ...verticalAxis(down, area, y.label),
    ...horizontalAxis(across, area, x.label),
    ...series.flatMap((line, index) => drawLine(line.points.map(place), index)),
    ...legend.parts,
  ]);
}

type Place = readonly [number, number];

/** Replaces a line that varies only by rounding errors by a constant. */
function withoutRounding(line: Series, y: Axis): Series {
  const mean = constantOf(
    line.points.map(([, value]) => value),
    y.resolution,
  );
  if (mean === undefined) return line;
  return {
    name: `${line.name}: constant, ${write(y, mean)}`,
    points: line.points.map(([x, value]) => [x, Number.isFinite(value) ? mean : value]),
  };
}

function write(axis: Axis, value: number): string {
  return axis.format?.(value) ?? String(Number(value.toPrecision(4)));
}

function isShown([x, y]: Place): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function drawLine(places: readonly Place[], index: number): string[] {
  const { stroke, dashes, marker } = seriesStyle(index);
  const d = places
    .map((place, i) => {
      if (!isShown(place)) return '';
      const joins = i > 0 && isShown(places[i - 1]!);
      return `${joins ? 'L' : 'M'}${hundredths(place[0])},${hundredths(place[1])}`;
    })
    .join('');
  const every = Math.ceil(places.length / MOST_MARKERS);
  const marked = places.filter((place, i) => i % every === 0 && isShown(place));
  return [
    element('path', {
      d,
      fill: 'none',
      'stroke-width': 2,
      'stroke-linejoin': 'round',
      'stroke-dasharray': dashes,
      style: stroke,
    }),
    ...marked.map(([x, y]) => marker(x, y)),
  ];
}

function describe({ x, y, series }: LineChartOptions): string {
  const lines = series.map(({ name, points }) => {
    const first = points[0];
    const last = points.at(-1);
    if (!first || !last) return `${name}: no points.`;
    const end = ([atX, atY]: Place): string => `${write(y, atY)} at ${write(x, atX)}`;
    return `${name}: from ${end(first)} to ${end(last)}.`;
  });
  return [`${y.label} against ${x.label}.`, ...lines].join(' ');
}
