import { argumentError, checkTensor, shown } from '@deepbelief/checks';
import {
  cast,
  greaterEqual,
  lessEqual,
  logicalAnd,
  scalar,
  sub,
  sum,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { checkFilled, type KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `countOutside`.
 *
 * Inputs: `states`, float32 of any shape. Attributes: `CountOutsideAttributes`. Output: an int32
 * scalar.
 */
export const COUNT_OUTSIDE_KERNEL = 'DeepbeliefCountOutside';

/** Attributes of the kernel `COUNT_OUTSIDE_KERNEL`: `low` ≤ `high`, both finite float32 numbers. */
export interface CountOutsideAttributes {
  readonly low: number;
  readonly high: number;
}

/** The largest finite float32. */
const LARGEST = 3.4028234663852886e38;

const WHERE = 'countOutside';

/** Throws a RangeError unless these are inputs and attributes of the kernel. */
export function checkCountOutside({ states }: KernelInputs, attributes: object): void {
  const { low, high } = attributes as CountOutsideAttributes;
  checkFilled(WHERE, 'states', states);
  if (low <= high && low >= -LARGEST && high <= LARGEST) return;
  throw argumentError(
    `${WHERE}: the bounds are ${shown(low)} and ${shown(high)}, expected two float32 numbers, ` +
      'the lower first',
  );
}

/**
 * Counts the values outside [low, high]. NaN and ±Infinity always count, because data is finite. An
 * empty tensor has none.
 *
 * @param states float32, int32 or bool, of any shape
 * @param low may be −Infinity
 * @param high may be Infinity
 * @returns an int32 scalar
 * @throws RangeError for bounds that are NaN or in the wrong order, and for states that are not a
 *   tensor of numbers
 */
export function countOutside(states: Tensor, low: number, high: number): Scalar {
  if (typeof low !== 'number' || typeof high !== 'number' || !(low <= high)) {
    throw argumentError(
      `${WHERE}: the bounds are ${shown(low)} and ${shown(high)}, expected two numbers, the ` +
        'lower first',
    );
  }
  checkTensor(WHERE, 'states', states);
  if (states.size === 0) return scalar(0, 'int32');
  // In float32, the bounds of a range such as [0, 0.1] round like the states.
  const attributes: CountOutsideAttributes = {
    low: Math.min(Math.max(Math.fround(low), -LARGEST), LARGEST),
    high: Math.max(Math.min(Math.fround(high), LARGEST), -LARGEST),
  };
  return withFloats({ states }, (inputs) => {
    checkCountOutside(inputs, attributes);
    const fused = runKernel(COUNT_OUTSIDE_KERNEL, inputs, attributes);
    if (fused !== undefined) return fused[0] as Scalar;
    return tidy(() => {
      // Every comparison with NaN is false.
      const inside = logicalAnd(
        greaterEqual(inputs.states, attributes.low),
        lessEqual(inputs.states, attributes.high),
      );
      return sub(scalar(states.size, 'int32'), sum<Scalar>(cast(inside, 'int32')));
    });
  });
}
