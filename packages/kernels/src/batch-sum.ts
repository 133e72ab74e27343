import { floatStates } from '@deepbelief/checks';
import { fill, matMul, reshape, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Sum over the rows times a factor, [rows, units] → [units], as a product: reductions over rows
 * transpose their operand first on some backends.
 *
 * @param factor 1 for the sum, 1/rows for the mean
 * @throws RangeError when the values are no matrix of numbers, or without rows or columns
 */
export function batchSum(values: Tensor2D, factor = 1): Tensor1D {
  return columnSums('batchSum', values, () => factor);
}

/** Mean over the rows, [rows, units] → [units]. Throws as `batchSum` does. */
export function batchMean(values: Tensor2D): Tensor1D {
  return columnSums('batchMean', values, (rows) => 1 / rows);
}

function columnSums(where: string, values: Tensor2D, factor: (rows: number) => number): Tensor1D {
  return tidy(() => {
    const floats = floatStates(where, 'values', values, undefined);
    const [rows] = floats.shape;
    return reshape(matMul(fill([1, rows], factor(rows)), floats), [-1]);
  });
}
