import { checkNumber, checkTensor } from '@deepbelief/checks';
import { div, maximum, minimum, mul, norm, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Scales the weights of each hidden unit or filter down to the Euclidean norm `longest` if they are
 * longer.
 *
 * @param weights the last axis counts hidden units or filters
 */
export function limitNorms<T extends Tensor>(weights: T, longest: number): T {
  checkTensor('limitNorms', 'weights', weights);
  checkNumber('limitNorms', 'longest', longest, { low: Number.MIN_VALUE });
  const inputs = weights.shape.slice(0, -1).map((_, axis) => axis);
  const norms = norm(weights, 'euclidean', inputs.length === 1 ? 0 : inputs, true);
  return mul<T>(weights, minimum(1, div(longest, maximum(norms, 1e-20))));
}
