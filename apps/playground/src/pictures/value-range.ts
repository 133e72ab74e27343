import { constantOf } from '@deepbelief/pictures';

/** How far a chart extends on each side of a constant, relative to its magnitude. */
const AROUND = 0.01;

/**
 * Returns the range of a chart's vertical axis; undefined if the chart should choose it itself.
 *
 * Values that differ only by rounding errors are shown as a level line. The chart must not look for
 * tick marks between them: there may be no 64-bit number for such a mark, and the search would not
 * end.
 */
export function valueRange(low: number, high: number): [number, number] | undefined {
  const level = constantOf([low, high]);
  if (level === undefined) return undefined;
  const around = AROUND * Math.abs(level);
  return [level - around, level + around];
}
