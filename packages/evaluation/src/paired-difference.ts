import { checkList, checkSameLength } from '@deepbelief/checks';
import { summarize, type Summary } from './summarize.ts';

/**
 * How two lists of values measured in pairs differ, such as two models' errors over the same seeds
 * or folds.
 */
export interface PairedDifference extends Summary {
  /**
   * Student's t for the hypothesis of no difference, mean/se; ±∞ if every pair has the same
   * difference, NaN for one pair.
   */
  readonly t: number;
  /** n − 1. */
  readonly degreesOfFreedom: number;
}

/**
 * Returns the mean, standard deviation and standard error of first − second, pair by pair, and
 * Student's paired t.
 *
 * Source: Student, "The probable error of a mean" (1908).
 *
 * @throws RangeError if the lists differ in length, are empty, or hold a value that is not finite
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): PairedDifference {
  checkSameLength('pairedDifference', 'first', first, 'second', second);
  checkList('pairedDifference', 'first', first, {});
  checkList('pairedDifference', 'second', second, {});
  const summary = summarize(Float64Array.from(first, (value, i) => value - second[i]!));
  const t = summary.mean === 0 && summary.se === 0 ? 0 : summary.mean / summary.se;
  return { ...summary, t, degreesOfFreedom: summary.n - 1 };
}
