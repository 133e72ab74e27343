/**
 * Data means closer than this to the end of a bounded range are moved to this distance, so that
 * inputs stay finite.
 */
export const MEAN_MARGIN = 1e-5;

/** The inverse of σ, with its argument first clipped to [MEAN_MARGIN, 1 - MEAN_MARGIN]. */
export function clippedLogit(probability: number): number {
  const p = Math.min(Math.max(probability, MEAN_MARGIN), 1 - MEAN_MARGIN);
  return Math.log(p) - Math.log1p(-p);
}

/**
 * Finds by bisection, to the last bit, where an increasing function passes `target` in [low, high].
 */
export function solveIncreasing(
  f: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  let below = low;
  let above = high;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (f(middle) < target) below = middle;
    else above = middle;
  }
}
