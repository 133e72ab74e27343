import {
  anything,
  checkList,
  checkOptions,
  finiteNumber,
  positiveNumber,
  required,
  aText,
} from '@deepbelief/checks';
import { bin, extent, max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import {
  AXIS_HEIGHT,
  BELOW_TITLE,
  chart,
  horizontalAxis,
  verticalAxis,
  verticalAxisWidth,
} from './chart-frame.ts';
import { chartScale, checkAxis, type Axis } from './chart-scale.ts';
import { element } from './markup.ts';
import { seriesStyle } from './series-style.ts';

/** What a histogram shows. */
export interface HistogramOptions {
  readonly title: string;
  /**
   * What it shows, in words, for screen readers. Default: the number of values and the fullest bin.
   */
  readonly description?: string;
  /** The values' axis. */
  readonly x: Omit<Axis, 'log'>;
  /** What is counted. Default `count`. */
  readonly yLabel?: string;
  readonly values: ArrayLike<number>;
  /** Approximate number of bins, whose edges are round numbers. Default 30. */
  readonly bins?: number;
  /** Pixels. Default 720. */
  readonly width?: number;
  /** Pixels. Default 280. */
  readonly height?: number;
}

/**
 * Draws a histogram as an SVG document. A bin includes its lower edge; the last bin includes both
 * edges.
 *
 * @throws RangeError if there are no values, one is not finite, or `bins` is not a whole number of
 *   1 or more
 */
export function histogram(options: HistogramOptions): string {
  const { title, x, yLabel = 'count', width = 720, height = 280, bins = 30 } = options;
  checkOptions('histogram', options, {
    title: required(aText),
    description: aText,
    x: anything,
    yLabel: aText,
    values: anything,
    bins: finiteNumber({ low: 1, whole: true }),
    width: positiveNumber,
    height: positiveNumber,
  });
  checkAxis('histogram', 'x', x, ['label', 'format']);
  checkList('histogram', 'values', options.values, {});
  const values = Array.from(options.values);
  const [low, high] = extent(values) as [number, number];

  const range = scaleLinear(low === high ? [low - 0.5, low + 0.5] : [low, high], [0, 1]).nice(bins);
  const [first, last] = range.domain() as [number, number];
  // A threshold at the upper edge would make a bin of zero width there.
  const inside = range.ticks(bins).filter((edge) => edge > first && edge < last);
  const bars = bin().domain([first, last]).thresholds(inside)(values);
  const most = max(bars, (bar) => bar.length)!;
  const bottom = height - AXIS_HEIGHT;
  const top = BELOW_TITLE + 4;
  const down = chartScale(
    'histogram',
    { label: yLabel },
    [0, most],
    [bottom, top],
    Math.min(5, most),
  );
  const area = { left: verticalAxisWidth(down), right: width - 16, top, bottom };
  const across = chartScale('histogram', x, [first, last], [area.left, area.right], 8);
  const { fill } = seriesStyle(0);
  const drawn = bars
    .filter((bar) => bar.length > 0)
    .map((bar) => {
      const [from, to] = [across.at(bar.x0!), across.at(bar.x1!)];
      const y = down.at(bar.length);
      return element('rect', {
        x: from + 0.5,
        y,
        width: Math.max(to - from - 1, 0.5),
        height: bottom - y,
        style: fill,
      });
    });
  const fullest = bars.find((bar) => bar.length === most)!;
  const description =
    options.description ??
    `${values.length} values of ${x.label} from ${low} to ${high}; most of them, ${most}, ` +
      `between ${fullest.x0} and ${fullest.x1}.`;
  return chart({ width, height }, title, description, [
    ...verticalAxis(down, area, yLabel),
    ...drawn,
    ...horizontalAxis(across, area, x.label),
  ]);
}
