import { aList, anything, checkOptions, positiveNumber, required, aText } from '@deepbelief/checks';
import { max } from 'd3-array';
import {
  AXIS_HEIGHT,
  BELOW_TITLE,
  chart,
  fitText,
  horizontalAxis,
  label,
  textWidth,
} from './chart-frame.ts';
import { chartScale, checkAxis, type Axis, type ChartScale } from './chart-scale.ts';
import { element } from './markup.ts';
import { seriesStyle } from './series-style.ts';

/** A measured quantity, such as a `Summary`. */
export interface Measurement {
  readonly name: string;
  readonly mean: number;
  /** Half the length of the error bar. There is no bar if it is missing or NaN. */
  readonly sd?: number;
}

/** What a dot chart shows. */
export interface DotChartOptions {
  readonly title: string;
  /** What it shows, in words, for screen readers. Default: each row's values. */
  readonly description?: string;
  readonly x: Axis;
  /** From top to bottom. */
  readonly rows: readonly Measurement[];
  /** Pixels. Default 720. */
  readonly width?: number;
}

const ROW = 28;
/** Keeps the outermost dots clear of the names and values beside them. */
const INSET = 10;
/** Pixels between the labels of two ticks. */
const TICK_GAP = 8;
/** Share of the width that names may take. Longer names are cut; the description has them whole. */
const MOST_NAME = 0.4;

/**
 * Draws a row for each quantity, with a dot at its mean and an error bar of one standard deviation
 * to each side, as an SVG document.
 *
 * @throws RangeError if no row has a mean that can be shown
 */
export function dotChart(options: DotChartOptions): string {
  const { title, x, rows, width = 720 } = options;
  checkOptions('dotChart', options, {
    title: required(aText),
    description: aText,
    x: anything,
    rows: required(aList),
    width: positiveNumber,
  });
  checkAxis('dotChart', 'x', x);
  const names = rows.map(({ name }) => fitText(name, width * MOST_NAME));
  const texts = rows.map((row) => valueText(row, x));
  const widest = (all: readonly string[]): number => max(all, textWidth) ?? 0;
  const top = BELOW_TITLE;
  const area = {
    left: widest(names) + 16,
    right: width - widest(texts) - 20,
    top,
    bottom: top + rows.length * ROW + 4,
  };
  const ends = rows.flatMap((row) => [row.mean, row.mean - spread(row), row.mean + spread(row)]);
  const scale = roomyScale(x, ends, [area.left + INSET, area.right - INSET]);
  const { stroke, marker } = seriesStyle(0);

  const drawn = rows.flatMap((row, index) => {
    const y = top + (index + 0.5) * ROW;
    const at = scale.at(row.mean);
    const parts = [
      label(area.left - 12, y + 4, names[index]!, { 'text-anchor': 'end' }),
      label(area.right + 14, y + 4, texts[index]!, { 'font-variant-numeric': 'tabular-nums' }),
    ];
    if (!Number.isFinite(at)) return parts;
    if (spread(row) > 0) {
      const low = scale.at(row.mean - spread(row));
      const x1 = Number.isFinite(low) ? low : area.left;
      const x2 = scale.at(row.mean + spread(row));
      const bar = `M${x1},${y}H${x2}M${x1},${y - 5}v10M${x2},${y - 5}v10`;
      parts.push(element('path', { d: bar, fill: 'none', 'stroke-width': 1.5, style: stroke }));
    }
    parts.push(marker(at, y));
    return parts;
  });
  const description =
    options.description ?? rows.map(({ name }, i) => `${name}: ${texts[i]}.`).join(' ');
  const size = { width, height: area.bottom + AXIS_HEIGHT };
  return chart(size, title, description, [...horizontalAxis(scale, area, x.label, true), ...drawn]);
}

/** Makes a scale with as many ticks as have room for their labels. */
function roomyScale(
  x: Axis,
  ends: readonly number[],
  pixels: readonly [number, number],
): ChartScale {
  for (let count = 6; ; count--) {
    const scale = chartScale('dotChart', x, ends, pixels, count);
    const { ticks } = scale;
    const crowded = ticks.some(({ at, label: text }, i) => {
      const next = ticks[i + 1];
      return (
        next !== undefined &&
        next.at - at < (textWidth(text) + textWidth(next.label)) / 2 + TICK_GAP
      );
    });
    if (!crowded || count === 1) return scale;
  }
}

function spread({ sd }: Measurement): number {
  return sd !== undefined && Number.isFinite(sd) ? sd : 0;
}

function valueText(row: Measurement, axis: Axis): string {
  const write = axis.format ?? ((value: number) => String(Number(value.toPrecision(4))));
  return row.sd === undefined || Number.isNaN(row.sd)
    ? write(row.mean)
    : `${write(row.mean)} ± ${write(row.sd)}`;
}
