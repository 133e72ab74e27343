import {
  engine,
  getBackend,
  getKernel,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Runs a fused kernel of the current backend.
 *
 * @param attributes plain data, passed to the kernel unchanged
 * @returns its outputs, none for a kernel that works in place, or undefined if the backend has no
 *   such kernel
 */
export function runKernel(
  name: string,
  inputs: NamedTensorMap,
  attributes: object,
): Tensor[] | undefined {
  // tfjs itself throws if a kernel is missing.
  if (getKernel(name, getBackend()) === undefined) return undefined;
  return engine().runKernel<Tensor[]>(name, inputs, { ...attributes });
}
