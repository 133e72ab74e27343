/** Relative spread below which 32-bit values differ only by rounding. */
const ROUNDING = 1e-6;

/**
 * Returns the mean of values that differ only by rounding errors; undefined if they differ by more
 * or not at all, or if there are fewer than two.
 *
 * @param values values that are not finite are ignored
 * @param resolution the largest difference that means nothing. Default: a millionth of the largest
 *   magnitude
 */
export function constantOf(
  values: Iterable<number | null>,
  resolution?: number,
): number | undefined {
  let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    count++;
  }
  const most = resolution ?? ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  return count > 1 && high > low && high - low <= most ? sum / count : undefined;
}
