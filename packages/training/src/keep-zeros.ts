import { checkOptionNames, checkTensor } from '@deepbelief/checks';
import { abs, mul, step, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Link } from './optimizer.ts';

/**
 * Returns 1 for nonzero weights and 0 for zero weights: see `keepZeros` of the training options.
 */
export function nonZeros<T extends Tensor>(weights: T): T {
  checkTensor('nonZeros', 'weights', weights);
  return tidy(() => step<T>(abs<T>(weights)));
}

/**
 * Returns the new weights with zeros where `kept` (`nonZeros` of the weights before a step) is
 * zero.
 */
export function withZeros<T extends Tensor>(weights: T, kept: T): T {
  checkTensor('withZeros', 'weights', weights);
  checkTensor('withZeros', 'kept', kept);
  return mul<T>(weights, kept);
}

/**
 * Keeps zero weights at zero, so that each unit keeps its part of the inputs.
 *
 * @param where the function that receives the options, for errors
 * @throws RangeError for any option; there are none
 */
export function keepZeros(options: object = {}, where = 'keepZeros'): Link {
  checkOptionNames(where, options, ['type']);
  return {
    config: { type: 'keep-zeros' },
    kinds: ['weights'],
    limit: (before) => {
      const kept = nonZeros(before);
      return (after) => withZeros(after, kept);
    },
  };
}
