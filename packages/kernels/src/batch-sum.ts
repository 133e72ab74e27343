import { floatStates } from '@deepbelief/checks';
import { fill, matMul, reshape, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Sums over the rows and multiplies by a factor, [rows, units] → [units]. It uses a product,
 * because on some backends reductions over rows transpose their operand first.
 *
 * @param factor 1 for the sum, 1/rows for the mean
 * @throws RangeError unless the values are a matrix of numbers with rows and columns
 */
export function batchSum(values: Tensor2D, factor = 1): Tensor1D {
  return columnSums('batchSum', values, () => factor);
}

/** Averages over the rows, [rows, units] → [units]. Throws like `batchSum`. */
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
