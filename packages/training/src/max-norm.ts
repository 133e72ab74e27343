import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { limitNorms } from './limit-norms.ts';
import type { Link } from './optimizer.ts';

/** Options of `maxNorm`. */
export type MaxNormOptions = {
  /** The largest Euclidean norm of a unit's incoming weights. */
  readonly norm: number;
};

/**
 * Scales a unit's incoming weights, a column, back after each step where their norm is larger than
 * `norm` (Srebro & Shraibman 2005; with dropout, Srivastava et al. 2014).
 *
 * @param where who takes the options, for errors
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
