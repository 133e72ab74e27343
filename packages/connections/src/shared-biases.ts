import { reshape, sum, tidy, tile, type Rank, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Connection, Side } from './connection.ts';

/**
 * Returns the gradient of a layer's biases if units share them: each entry becomes the sum over the
 * units that share the bias, so that biases that start equal stay equal.
 *
 * @param gradient shape [units]; returned unchanged if no units share a bias
 */
export function sumOverSharedBiases(
  connection: Connection,
  side: Side,
  gradient: Tensor1D,
): Tensor1D {
  const count = connection.biasCounts?.[side];
  if (count === undefined) return gradient;
  return tidy(() => {
    const places = reshape<Rank.R2>(gradient, [-1, count]);
    return tile(sum<Tensor1D>(places, 0), [places.shape[0]]);
  });
}

/**
 * Makes values of a layer's units, such as means of data, equal for units that share a bias: each
 * becomes the average over those units.
 *
 * @param values one number per unit; returned unchanged if no units share a bias
 */
export function averageOverSharedBiases(
  connection: Connection,
  side: Side,
  values: Float32Array,
): Float32Array {
  const count = connection.biasCounts?.[side];
  if (count === undefined) return values;
  const sums = new Float64Array(count);
  values.forEach((value, i) => (sums[i % count]! += value));
  return values.map((_, i) => sums[i % count]! / (values.length / count));
}
