import {
  cast,
  fill,
  getBackend,
  greater,
  isNaN as isNotANumber,
  reshape,
  sum,
  tidy,
  where,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/*
 * NaN in, NaN out. Comparisons with NaN are false, so a sample would look like any other state, and
 * the minima, maxima and sigmoids of some backends turn NaN into a number. But divergence must
 * show.
 */

/**
 * Returns `values` where `input` is a number, NaN elsewhere.
 *
 * @param group the number of neighboring units that depend on each other; one NaN makes all of them
 *   NaN
 */
export function keepNaN(input: Tensor2D, values: Tensor2D, group = 1): Tensor2D {
  if (group === 1) return where(isNotANumber(input), input, values);
  const some = reshape(rowsWithNaN(reshape(input, [-1, group])), [-1, 1]);
  const grouped: Tensor2D = reshape(values, [-1, group]);
  return reshape(where(some, nanLike(grouped), grouped), values.shape);
}

/** The same for one value per row. */
export function keepNaNOfRows(input: Tensor2D, values: Tensor1D): Tensor1D {
  return where(rowsWithNaN(input), nanLike(values), values);
}

/** The same for one value per unit, computed from a whole column. */
export function keepNaNOfColumns(input: Tensor2D, values: Tensor1D): Tensor1D {
  const some = greater(sum<Tensor1D>(cast(isNotANumber(input), 'float32'), 0), 0);
  return where(some, nanLike(values), values);
}

/** Whether the backend's elementwise functions, such as sigmoid, turn NaN into a number. */
export function losesNaN(): boolean {
  return getBackend() === 'webgpu';
}

function rowsWithNaN(input: Tensor2D): Tensor1D {
  return tidy(() => greater(sum<Tensor1D>(cast(isNotANumber(input), 'float32'), 1), 0));
}

function nanLike<T extends Tensor1D | Tensor2D>(values: T): T {
  return fill(values.shape, NaN) as T;
}
