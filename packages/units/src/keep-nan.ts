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
 * NaN in, NaN out. Comparisons are false for NaN, so that a sample would be a state like any other;
 * and the minima, maxima and sigmoids of some backends make a number of it. A model that has
 * diverged must show.
 */

/**
 * `values` where `input` is a number, NaN where it is not.
 *
 * @param group how many neighboring units depend on each other: one that is NaN makes all of them
 *   so
 */
export function keepNaN(input: Tensor2D, values: Tensor2D, group = 1): Tensor2D {
  if (group === 1) return where(isNotANumber(input), input, values);
  const some = reshape(rowsWithNaN(reshape(input, [-1, group])), [-1, 1]);
  const grouped: Tensor2D = reshape(values, [-1, group]);
  return reshape(where(some, nanLike(grouped), grouped), values.shape);
}

/** The same for one value a row. */
export function keepNaNOfRows(input: Tensor2D, values: Tensor1D): Tensor1D {
  return where(rowsWithNaN(input), nanLike(values), values);
}

/** The same for one value a unit, which comes of a whole column. */
export function keepNaNOfColumns(input: Tensor2D, values: Tensor1D): Tensor1D {
  const some = greater(sum<Tensor1D>(cast(isNotANumber(input), 'float32'), 0), 0);
  return where(some, nanLike(values), values);
}

/** Whether the backend's elementwise functions, sigmoid and the like, make a number of NaN. */
export function losesNaN(): boolean {
  return getBackend() === 'webgpu';
}

function rowsWithNaN(input: Tensor2D): Tensor1D {
  return tidy(() => greater(sum<Tensor1D>(cast(isNotANumber(input), 'float32'), 1), 0));
}

function nanLike<T extends Tensor1D | Tensor2D>(values: T): T {
  return fill(values.shape, NaN) as T;
}
