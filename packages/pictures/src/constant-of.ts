/** Relative spread below which values of 32 bits differ by rounding alone. */
const ROUNDING = 1e-6;

/**
 * The mean of values that differ by rounding errors alone; undefined where they differ by more, not
 * at all, or there are fewer than two.
 *
 * @param values those that are not finite are left out
 * @param resolution the largest difference that means nothing. Default a millionth of the largest
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
