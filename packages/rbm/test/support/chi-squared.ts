/** How far out the limit lies: a normal is beyond it with probability 1e-5. */
const NORMAL_QUANTILE = 4.265;

/**
 * Pearson's χ² of observed counts, cells of fewer than 5 expected pooled, with the value that it
 * exceeds by chance once in 100,000 (Wilson & Hilferty's approximation).
 */
export function chiSquared(
  observed: readonly number[],
  probabilities: readonly number[],
): { statistic: number; limit: number } {
  const samples = observed.reduce((a, b) => a + b, 0);
  const cells: { seen: number; expected: number }[] = [];
  const rare = { seen: 0, expected: 0 };
  probabilities.forEach((probability, i) => {
    const cell = { seen: observed[i]!, expected: samples * probability };
    if (cell.expected >= 5) cells.push(cell);
    else {
      rare.seen += cell.seen;
      rare.expected += cell.expected;
    }
  });
  if (rare.expected >= 5) cells.push(rare);
  else {
    const last = cells[cells.length - 1]!;
    last.seen += rare.seen;
    last.expected += rare.expected;
  }
  const statistic = cells.reduce(
    (sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected,
    0,
  );
  const degrees = cells.length - 1;
  const root = 1 - 2 / (9 * degrees) + NORMAL_QUANTILE * Math.sqrt(2 / (9 * degrees));
  return { statistic, limit: degrees * root ** 3 };
}

/** Which of the outcomes each uniform falls on, by inversion. */
export function outcomes(uniforms: Float32Array, probabilities: readonly number[]): number[] {
  const ends: number[] = [];
  probabilities.reduce((sum, probability, i) => (ends[i] = sum + probability), 0);
  return Array.from(uniforms, (u) => {
    const found = ends.findIndex((end) => u < end);
    return found === -1 ? probabilities.length - 1 : found;
  });
}
