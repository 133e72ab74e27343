/**
 * Φ(x), the standard normal's distribution function: its series near 0, its continued fraction in
 * the tails.
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  const density = Math.exp((-y * y) / 2) / Math.sqrt(2 * Math.PI);
  let upper: number;
  if (y < 4) {
    let term = y;
    let sum = y;
    for (let n = 1; n < 200; n++) sum += term *= (y * y) / (2 * n + 1);
    upper = 0.5 - density * sum;
  } else {
    let fraction = y;
    for (let n = 200; n >= 1; n--) fraction = y + n / fraction;
    upper = density / fraction;
  }
  return x < 0 ? upper : 1 - upper;
}

/**
 * P(χ² with `degrees` degrees of freedom ≥ value), by the series or the continued fraction of the
 * gamma function.
 */
function chiSquaredTail(value: number, degrees: number): number {
  const a = degrees / 2;
  const x = value / 2;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1000; n++) sum += term *= x / (a + n);
    return 1 - scale * sum;
  }
  let fraction = 0;
  for (let n = 300; n >= 1; n--) fraction = (n * (a - n)) / (x + 2 * n + 1 - a + fraction);
  return scale / (x + 1 - a + fraction);
}

/** log Γ(a) by Stirling's series above 10 and the recurrence below. */
function logGamma(a: number): number {
  if (a < 10) return logGamma(a + 1) - Math.log(a);
  return (
    (a - 0.5) * Math.log(a) - a + Math.log(2 * Math.PI) / 2 + 1 / (12 * a) - 1 / (360 * a ** 3)
  );
}

/**
 * Pearson's χ² test that `samples` come from the discrete distribution `probability` on 0 … states
 * − 1, cells of fewer than 5 expected samples pooled: the probability of a fit at least this bad.
 */
export function chiSquaredTest(
  samples: readonly number[],
  states: number,
  probability: (state: number) => number,
): number {
  const counts = Array.from({ length: states }, () => 0);
  for (const sample of samples) {
    if (!Number.isInteger(sample) || sample < 0 || sample >= states) return 0;
    counts[sample]! += 1;
  }
  const cells: { expected: number; observed: number }[] = [];
  let pooled = { expected: 0, observed: 0 };
  counts.forEach((observed, state) => {
    pooled.expected += samples.length * probability(state);
    pooled.observed += observed;
    if (pooled.expected >= 5) {
      cells.push(pooled);
      pooled = { expected: 0, observed: 0 };
    }
  });
  const last = cells[cells.length - 1]!;
  last.expected += pooled.expected;
  last.observed += pooled.observed;
  const statistic = cells.reduce(
    (sum, { expected, observed }) => sum + (observed - expected) ** 2 / expected,
    0,
  );
  return cells.length < 2 ? 1 : chiSquaredTail(statistic, cells.length - 1);
}

/**
 * The Kolmogorov-Smirnov test that `samples` have the distribution function `cdf`, continuous
 * except for an atom at 0: the probability of a fit at least this bad, Stephens' approximation of
 * Kolmogorov's series.
 */
export function kolmogorovSmirnovTest(
  samples: readonly number[],
  cdf: (x: number) => number,
): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, i) => {
    const expected = cdf(value);
    if (sorted[i + 1] !== value) distance = Math.max(distance, Math.abs((i + 1) / n - expected));
    if (value !== 0 && sorted[i - 1] !== value)
      distance = Math.max(distance, Math.abs(i / n - expected));
  });
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  let tail = 0;
  for (let k = 1; k < 100; k++)
    tail += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return lambda < 0.2 ? 1 : Math.min(Math.max(tail, 0), 1);
}

/** How many standard errors the mean of `samples` is from `mean`. */
export function standardErrors(samples: readonly number[], mean: number, variance: number): number {
  const average = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  return average === mean ? 0 : (average - mean) / Math.sqrt(variance / samples.length);
}
