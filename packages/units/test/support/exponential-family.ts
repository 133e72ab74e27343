/** Γ, Γ′ and Γ″ of one unit at one input, from the definition P(s) ∝ exp(xs − E(s)), in float64. */
export interface Moments {
  readonly logNormalizer: number;
  readonly mean: number;
  readonly variance: number;
}

/** By summing over the states. `logWeight` is xs − E(s). */
export function enumerate(
  states: readonly number[],
  logWeight: (state: number) => number,
): Moments {
  return weigh(
    states,
    states.map(() => 1),
    logWeight,
  );
}

/** By Simpson's rule on [low, high]. */
export function integrate(
  low: number,
  high: number,
  logWeight: (state: number) => number,
  intervals = 3000,
): Moments {
  const width = (high - low) / intervals;
  const nodes = Array.from({ length: intervals + 1 }, (_, i) => low + i * width);
  const factors = nodes.map(
    (_, i) => (width / 3) * (i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2),
  );
  return weigh(nodes, factors, logWeight);
}

function weigh(
  states: readonly number[],
  factors: readonly number[],
  logWeight: (state: number) => number,
): Moments {
  const logs = states.map((state, i) => logWeight(state) + Math.log(factors[i]!));
  const highest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const top = logs.indexOf(highest);
  const weights = logs.map((value) => Math.exp(value - highest));
  // Without the largest, which is 1, so that log1p keeps the digits of a sum that is hardly more
  // than one state.
  const rest = weights.reduce((total, weight, i) => (i === top ? total : total + weight), 0);
  const whole = 1 + rest;
  const sum = (f: (state: number) => number): number =>
    states.reduce((total, state, i) => total + weights[i]! * f(state), 0);
  const mean = sum((state) => state) / whole;
  return {
    logNormalizer: highest + Math.log1p(rest),
    mean,
    variance: sum((state) => (state - mean) ** 2) / whole,
  };
}

/** log C(n, k). */
export function logChoose(n: number, k: number): number {
  let value = 0;
  for (let i = 1; i <= k; i++) value += Math.log((n - k + i) / i);
  return value;
}
