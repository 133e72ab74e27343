import type { JSX } from 'preact';
import { figure, percent } from './numbers.ts';

/** How often values of a range occur. */
export interface HistogramProps {
  /** Occurrences in bins of equal width. */
  readonly counts: ArrayLike<number>;
  /** Where the first bin begins and the last ends. */
  readonly range: readonly [number, number];
  /** What is counted. */
  readonly label: string;
  /** What the axis measures. */
  readonly axis: string;
}

/** The outline of bars in a box of 100 by 40, the highest bar touching the top. */
export function barsPath(counts: ArrayLike<number>): string {
  const highest = Math.max(1e-9, ...Array.from(counts));
  const step = 100 / Math.max(1, counts.length);
  let path = '';
  for (let i = 0; i < counts.length; i++) {
    const height = (40 * counts[i]!) / highest;
    if (height > 0) {
      path += `M${(i * step).toFixed(2)} 40v${(-height).toFixed(2)}h${(step * 0.86).toFixed(2)}v${height.toFixed(2)}z`;
    }
  }
  return path;
}

/** Bars with the ends of the axis, and in words where most values lie. */
export function Histogram({ counts, range, label, axis }: HistogramProps): JSX.Element {
  const total = Array.from(counts).reduce((sum, value) => sum + value, 0);
  const [low, high] = range;
  const first = total > 0 ? counts[0]! / total : 0;
  const firstEnd = low + (high - low) / Math.max(1, counts.length);
  const words =
    total > 0 ? `${percent(first)} between ${figure(low)} and ${figure(firstEnd)}; the largest is ${figure(high)}.` : '';
  return (
    <div class="histogram">
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={`${label}: ${words}`}>
        <path d={barsPath(counts)} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>{figure(low)}</span>
        <span>{axis}</span>
        <span>{figure(high)}</span>
      </div>
    </div>
  );
}
