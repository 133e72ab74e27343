import { fill, matMul, reshape, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Mean over the batch, [batch, units] → [units], as a product: reductions over rows transpose their operand first on
 * some backends.
 */
export function batchMean(states: Tensor2D): Tensor1D {
  const rows = states.shape[0];
  return tidy(() => reshape(matMul(fill([1, rows], 1 / rows), states), [-1]));
}
