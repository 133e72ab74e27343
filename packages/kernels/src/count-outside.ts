import { checkTensor, shown } from '@deepbelief/checks';
import { cast, greaterEqual, lessEqual, logicalAnd, scalar, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from './run-kernel.ts';

/**
 * Name of the kernel that computes `countOutside`.
 *
 * Inputs: `states`, float32 of any shape. Attributes: `CountOutsideAttributes`. Output: an int32 scalar.
 */
export const COUNT_OUTSIDE_KERNEL = 'DeepbeliefCountOutside';

/** Attributes of the kernel `COUNT_OUTSIDE_KERNEL`: `low` ≤ `high`, both of them finite float32 numbers. */
export interface CountOutsideAttributes {
  readonly low: number;
  readonly high: number;
}

/** The largest finite float32. */
const LARGEST = 3.4028234663852886e38;

/**
 * How many values do not lie in [low, high]. NaN and ±Infinity lie outside whatever the bounds: data are finite. None of
 * an empty tensor's do.
 *
 * @param states float32, int32 or bool, of any shape
 * @param low may be −Infinity
 * @param high may be Infinity
 * @returns an int32 scalar
 * @throws RangeError for bounds that are NaN or in the wrong order, and for states that are no tensor of numbers
 */
export function countOutside(states: Tensor, low: number, high: number): Scalar {
  if (typeof low !== 'number' || typeof high !== 'number' || !(low <= high)) {
    throw new RangeError(
      `countOutside: the bounds are ${shown(low)} and ${shown(high)}, expected two numbers, the lower first`,
    );
  }
  checkTensor('countOutside', 'states', states);
  const { dtype, size } = states;
  if (dtype === 'int32' || dtype === 'bool') {
    return tidy(() => countOutside(cast(states, 'float32'), low, high));
  }
  if (dtype !== 'float32') {
    throw new RangeError(`countOutside: states is ${dtype}, expected float32, int32 or bool`);
  }
  if (size === 0) return scalar(0, 'int32');
  // As float32 the bounds of a range such as [0, 0.1] are what the states round to as well.
  const attributes: CountOutsideAttributes = {
    low: Math.max(Math.fround(low), -LARGEST),
    high: Math.min(Math.fround(high), LARGEST),
  };
  const fused = runKernel(COUNT_OUTSIDE_KERNEL, { states }, attributes);
  if (fused !== undefined) return fused[0] as Scalar;
  return tidy(() => {
    // Any comparison with NaN is false.
    const inside = logicalAnd(greaterEqual(states, attributes.low), lessEqual(states, attributes.high));
    return sub(scalar(size, 'int32'), sum<Scalar>(cast(inside, 'int32')));
  });
}
