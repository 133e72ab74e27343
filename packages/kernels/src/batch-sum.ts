import { fill, matMul, reshape, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Sum over the rows times a factor, [rows, units] → [units], as a product: reductions over rows transpose their operand
 * first on some backends.
 *
 * @param factor 1 for the sum, 1/rows for the mean
 */
export function batchSum(values: Tensor2D, factor = 1): Tensor1D {
  return tidy(() => reshape(matMul(fill([1, values.shape[0]], factor), values), [-1]));
}

/** Mean over the rows, [rows, units] → [units]. */
export function batchMean(values: Tensor2D): Tensor1D {
  return batchSum(values, 1 / values.shape[0]);
}
