import { element } from './markup.ts';

/** What distinguishes the series of a chart: color, dashes and marker, each enough by itself. */
export interface SeriesStyle {
  /** CSS declarations. */
  readonly stroke: string;
  readonly fill: string;
  readonly dashes: string | undefined;
  /** Draws a marker around a point. */
  readonly marker: (x: number, y: number) => string;
}

/**
 * Distinct with any color vision, dark enough on white, and light enough on black. Source: M.
 * Okabe, K. Ito, "Color universal design" (2008); darkened or lightened where needed for contrast.
 */
const COLORS = ['#0a7bc4', '#d55e00', '#009e73', '#c0609b', '#b8860b', '#7a6ff0'];
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3'];

type Marker = (x: number, y: number, fill: string) => string;
const MARKERS: readonly Marker[] = [
  (cx, cy, style) => element('circle', { cx, cy, r: 3.5, style }),
  (x, y, style) => element('rect', { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4, style }),
  (x, y, style) => element('path', { d: `M${x - 4},${y + 3.5}h8l-4,-7.5z`, style }),
  (x, y, style) => element('path', { d: `M${x},${y - 4.6}l4.6,4.6l-4.6,4.6l-4.6,-4.6z`, style }),
  (x, y, style) => element('path', { d: `M${x - 4},${y - 3.5}h8l-4,7.5z`, style }),
];

/**
 * Returns the style of series number `index`, from 0. Colors, dashes and markers repeat with
 * different periods.
 */
export function seriesStyle(index: number): SeriesStyle {
  const number = index % COLORS.length;
  const color = `var(--series-${number + 1}, ${COLORS[number]})`;
  const marker = MARKERS[index % MARKERS.length]!;
  const fill = `fill:${color}`;
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  return {
    stroke: `stroke:${color}`,
    fill,
    dashes: DASHES[index % DASHES.length],
    marker: (x, y) => marker(rounded(x), rounded(y), fill),
  };
}
