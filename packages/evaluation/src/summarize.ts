import { checkList } from '@deepbelief/checks';

/** Mean and spread of some measured values. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /**
   * Sample standard deviation, √(Σ(x − mean)²/(n − 1)); NaN for a single value, whose spread is
   * unknown.
   */
  readonly sd: number;
  /** Standard error of the mean, sd/√n; NaN for a single value. */
  readonly se: number;
}

/**
 * Returns the mean, sample standard deviation and standard error.
 *
 * Makes two passes over differences from the first value, so that rounding does not lose a small
 * spread around a large mean. Source: T. Chan, G. Golub, R. LeVeque, "Algorithms for computing the
 * sample variance" (1983), equation 1.7.
 *
 * @throws RangeError if there are no values, or one is not finite
 */
export function summarize(values: ArrayLike<number>): Summary {
  checkList('summarize', 'values', values, {});
  const n = values.length;
  const first = values[0]!;
  let shift = 0;
  for (let i = 0; i < n; i++) shift += values[i]! - first;
  const mean = first + shift / n;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    const difference = values[i]! - mean;
    squares += difference * difference;
    rest += difference;
  }
  const sd = n === 1 ? NaN : Math.sqrt(Math.max(0, squares - (rest * rest) / n) / (n - 1));
  return { n, mean, sd, se: sd / Math.sqrt(n) };
}
