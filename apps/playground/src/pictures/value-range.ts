import { constantOf } from '@deepbelief/pictures';

/** What a chart shows on each side of a constant, as a part of its magnitude. */
const AROUND = 0.01;

/**
 * The part of the vertical axis that a chart shows; undefined where the chart's own choice does.
 *
 * Values that differ by rounding errors alone are shown as the level line that they are. The chart
 * is not left to find marks between them: there may be no number of 64 bits to write such a mark
 * with, and the search for one does not end.
 */
export function valueRange(low: number, high: number): [number, number] | undefined {
  const level = constantOf([low, high]);
  if (level === undefined) return undefined;
  const around = AROUND * Math.abs(level);
  return [level - around, level + around];
}
