import { barsPath, figure, percent } from '@deepbelief/pictures';
import type { JSX } from 'preact';

/** How often values occur in each part of a range. */
export interface HistogramProps {
  /** Counts, or shares, in bins of equal width. */
  readonly counts: ArrayLike<number>;
  /** Where the first bin begins, and how wide each is. */
  readonly from: number;
  readonly width: number;
  /** What is counted. */
  readonly label: string;
  /** What the axis measures. */
  readonly axis: string;
}

/** Draws bars above the axis, and says in words where the values lie. */
export function Histogram({ counts, from, width, label, axis }: HistogramProps): JSX.Element {
  const total = Array.from(counts).reduce((sum, value) => sum + value, 0);
  const to = from + width * counts.length;
  const lowest = total > 0 ? counts[0]! / total : 0;
  const words =
    `${percent(lowest)} lie between ${figure(from)} and ${figure(from + width)}, all below ` +
    `${figure(to)}.`;
  return (
    <div class="histogram">
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${words}`}
      >
        <path d={barsPath(counts)} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>{figure(from)}</span>
        <span>{axis}</span>
        <span>{figure(to)}</span>
      </div>
    </div>
  );
}
