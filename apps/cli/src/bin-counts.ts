/** How many numbers are in each of several bins of equal width. */
export interface BinCounts {
  /** The lower edge of the first bin and the upper edge of the last one. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** Bars of one to eight eighths of a line. */
const BARS = '▁▂▃▄▅▆▇█';

/**
 * Counts numbers in up to `most` bins between their extremes; undefined if there are none. For
 * whole numbers, all bins cover the same number of values.
 */
export function binCounts(numbers: readonly number[], most: number): BinCounts | undefined {
  if (numbers.length === 0) return undefined;
  const first = numbers.reduce((a, b) => Math.min(a, b));
  const last = numbers.reduce((a, b) => Math.max(a, b));
  const isWhole = numbers.every(Number.isInteger);
  const [low, high] = isWhole ? [first - 0.5, last + 0.5] : [first, last];
  const step = Math.ceil((high - low) / most);
  const bins = first === last ? 1 : isWhole ? Math.ceil((high - low) / step) : most;
  const width = isWhole ? step : (high - low) / bins;
  const counts = Array.from({ length: bins }, () => 0);
  for (const number of numbers) {
    const bin = width > 0 ? Math.floor((number - low) / width) : 0;
    counts[Math.min(bins - 1, bin)]!++;
  }
  return { low, high: isWhole ? low + bins * step : high, counts };
}

/** Draws counts as bars of text: `▁▃█▂`. An empty bin is a blank. */
export function textBars({ counts }: BinCounts): string {
  const most = Math.max(...counts);
  return counts
    .map((count) => (count === 0 ? ' ' : BARS[Math.ceil((8 * count) / most) - 1]))
    .join('');
}
