// Why the charts are our own: Observable Plot and Vega-Lite were tried on the same line and dot
// charts. Plot needs a DOM in Node and draws lines that differ only by color; Vega-Lite evaluates
// text as code, which the playground's policy forbids. Both weigh 5 to 16 times as much as these
// files. The figures are in docs/architecture.md, Decisions.
import type { ChartScale } from './chart-scale.ts';
import { element, escapeText } from './markup.ts';

/** The plotting area of a chart, in pixels from the chart's left and top edges. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Baseline of the visible title; everything else is below it. */
const TITLE_LINE = 18;
export const BELOW_TITLE = 32;
/** Space below the plotting area for ticks, their labels and the axis's label. */
export const AXIS_HEIGHT = 46;
/** Faint lines that look the same on white and on black. */
const GRID = { stroke: 'currentColor', 'stroke-opacity': 0.15 };
const FINE_GRID = { stroke: 'currentColor', 'stroke-opacity': 0.06 };
const LINE = { stroke: 'currentColor', 'stroke-opacity': 0.6 };

/**
 * Mean width of a character at 12 pixels: accurate enough for layout where fonts cannot be
 * measured.
 */
const CHARACTER = 6.7;

export function textWidth(text: string): number {
  return text.length * CHARACTER;
}

/** Returns the text, or as much of it as fits into `width` pixels, with an ellipsis. */
export function fitText(text: string, width: number): string {
  return textWidth(text) <= width
    ? text
    : `${text.slice(0, Math.max(0, Math.floor(width / CHARACTER) - 1))}…`;
}

/** Draws text at a place in the chart. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  return element('text', { x, y, fill: 'currentColor', ...attributes }, escapeText(text));
}

/**
 * Returns the whole SVG: a name and a description for screen readers, the visible title, and the
 * parts. Colors come from `currentColor` and from custom properties that a page may set; the
 * defaults are readable on white and on black.
 */
export function chart(
  size: { readonly width: number; readonly height: number },
  title: string,
  description: string,
  parts: readonly string[],
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: size.width,
      height: size.height,
      role: 'img',
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
    },
    [
      element('title', {}, escapeText(title)),
      element('desc', {}, escapeText(description)),
      label(0, TITLE_LINE, title, { 'font-size': 14, 'font-weight': 600 }),
      ...parts,
    ],
  );
}

/** Draws the axis below the plotting area, with grid lines if asked for. */
export function horizontalAxis(
  scale: ChartScale,
  area: PlotArea,
  text: string,
  grid = false,
): string[] {
  return [
    ...scale.ticks.flatMap(({ at, label: tick }) => [
      ...(grid
        ? [element('line', { x1: at, x2: at, y1: area.top, y2: area.bottom, ...GRID })]
        : []),
      element('line', { x1: at, x2: at, y1: area.bottom, y2: area.bottom + 5, ...LINE }),
      ...(tick === '' ? [] : [label(at, area.bottom + 18, tick, { 'text-anchor': 'middle' })]),
    ]),
    element('line', { x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom, ...LINE }),
    label((area.left + area.right) / 2, area.bottom + 38, text, { 'text-anchor': 'middle' }),
  ];
}

/** Draws the axis to the left of the plotting area, with its grid lines. */
export function verticalAxis(scale: ChartScale, area: PlotArea, text: string): string[] {
  const middle = (area.top + area.bottom) / 2;
  return [
    ...scale.ticks.flatMap(({ at, label: tick }) => [
      element('line', {
        x1: area.left,
        x2: area.right,
        y1: at,
        y2: at,
        ...(tick === '' ? FINE_GRID : GRID),
      }),
      ...(tick === '' ? [] : [label(area.left - 8, at + 4, tick, { 'text-anchor': 'end' })]),
    ]),
    label(14, middle, text, { 'text-anchor': 'middle', transform: `rotate(-90 14 ${middle})` }),
  ];
}

/**
 * Returns the distance of the plotting area from the left edge, which the vertical axis's label and
 * ticks need.
 */
export function verticalAxisWidth(scale: ChartScale): number {
  return 32 + Math.max(...scale.ticks.map((tick) => textWidth(tick.label)));
}
