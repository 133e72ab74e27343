import { checkNumber, checkTensor } from '@deepbelief/checks';
import { div, maximum, minimum, mul, norm, type Tensor2D } from '@tensorflow/tfjs-core';

/** Scales back the columns, each hidden unit's weights, that are longer than `longest`. */
export function limitNorms(weights: Tensor2D, longest: number): Tensor2D {
  checkTensor('limitNorms', 'weights', weights);
  checkNumber('limitNorms', 'longest', longest, { low: Number.MIN_VALUE });
  const norms = norm(weights, 'euclidean', 0, true);
  return mul<Tensor2D>(weights, minimum(1, div(longest, maximum(norms, 1e-20))));
}
