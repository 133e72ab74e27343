import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { div, maximum, minimum, mul, norm } from '@tensorflow/tfjs-core';
import type { Link } from './optimizer.ts';

/** Options of `clipNorm`. */
export type ClipNormOptions = {
  /** The largest Euclidean norm that a parameter's gradient may have. */
  readonly norm: number;
};

/** Keeps a gradient of zero from 0 / 0. */
const LEAST_NORM = 1e-20;

/**
 * Scales a parameter's gradient down to the Euclidean norm `norm` if it is longer (Pascanu, Mikolov
 * & Bengio 2013, algorithm 1, applied to each parameter separately).
 *
 * @param where the function that receives the options, for errors
 * @throws RangeError for an unknown option, or a norm that is not above 0
 */
export function clipNorm(options: ClipNormOptions, where = 'clipNorm'): Link {
  checkOptionNames(where, options, ['type', 'norm']);
  const { norm: longest } = options;
  checkNumber(where, 'norm', longest, { low: Number.MIN_VALUE });
  return {
    config: { type: 'clip-norm', norm: longest },
    turn: (direction, state) => ({
      direction: mul(
        direction,
        minimum(1, div(longest, maximum(norm(direction, 'euclidean'), LEAST_NORM))),
      ),
      state,
    }),
  };
}
