/**
 * Pearson's statistic of counts that should all be equal, as a standard normal deviate.
 *
 * Source: E. Wilson, M. Hilferty, "The distribution of chi-square" (1931): the cube root of χ²/n is
 * nearly normal.
 */
export function uniformityDeviate(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const degrees = counts.length - 1;
  const spread = 2 / (9 * degrees);
  return (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
}

/** Deviates beyond this, up or down, come by chance once in 10,000 seeds. */
export const RARE = 3.89;
