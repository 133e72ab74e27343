import { checkFloats } from '@deepbelief/checks';
import { squaredDifference, sum, tidy, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import type { KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/** Name of the kernel that computes `squaredDistance`. Inputs: `x`, `y`. Output: a scalar. */
export const SQUARED_DISTANCE_KERNEL = 'DeepbeliefSquaredDistance';

/** Throws a RangeError unless these are inputs of `squaredDistance`. */
export function checkSquaredDistance({ x, y }: KernelInputs): void {
  checkFloats('squaredDistance', 'x', x, ['rows', 'columns']);
  checkFloats('squaredDistance', 'y', y, x.shape);
}

/**
 * Computes Σ (x − y)² over all elements, in one pass if the backend has the fused kernel.
 *
 * @param x shape [rows, columns], float32, int32 or bool
 * @param y the same
 * @throws RangeError for anything else, or for different shapes
 */
export function squaredDistance(x: Tensor2D, y: Tensor2D): Scalar {
  return withFloats({ x, y }, (inputs) => {
    checkSquaredDistance(inputs);
    const fused = runKernel(SQUARED_DISTANCE_KERNEL, inputs, {});
    return fused === undefined
      ? tidy(() => sum<Scalar>(squaredDifference(inputs.x, inputs.y)))
      : (fused[0] as Scalar);
  });
}
