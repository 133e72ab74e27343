import { squaredDifference, sum, tidy, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from './run-kernel.ts';

/** Name of the kernel that computes `squaredDistance`. Inputs: `x`, `y`. Output: a scalar. */
export const SQUARED_DISTANCE_KERNEL = 'DeepbeliefSquaredDistance';

/** Σ (x − y)² over all elements, in one pass where the backend has the fused kernel. */
export function squaredDistance(x: Tensor2D, y: Tensor2D): Scalar {
  const fused = runKernel(SQUARED_DISTANCE_KERNEL, { x, y }, {});
  return fused === undefined ? tidy(() => sum<Scalar>(squaredDifference(x, y))) : (fused[0] as Scalar);
}
