import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { limitNorms } from './limit-norms.ts';
import type { Link } from './optimizer.ts';

/** Options of `maxNorm`. */
export type MaxNormOptions = {
  /** The largest Euclidean norm of a unit's incoming weights. */
  readonly norm: number;
};

/**
 * After each step, scales a unit's incoming weights, a column, down to the norm `norm` if they are
 * longer (Srebro & Shraibman 2005; with dropout, Srivastava et al. 2014).
 *
 * @param where the function that receives the options, for errors
 * @throws RangeError for an unknown option, or a norm that is not above 0
 */
export function maxNorm(options: MaxNormOptions, where = 'maxNorm'): Link {
  checkOptionNames(where, options, ['type', 'norm']);
  const { norm } = options;
  checkNumber(where, 'norm', norm, { low: Number.MIN_VALUE });
  return {
    config: { type: 'max-norm', norm },
    kinds: ['weights'],
    limit: () => (after) => limitNorms(after, norm),
  };
}
