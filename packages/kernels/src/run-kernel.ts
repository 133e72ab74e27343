import {
  engine,
  getBackend,
  getKernel,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Runs a fused kernel of the backend in use.
 *
 * @param attributes plain data; a kernel gets them as they are
 * @returns its outputs, none for a kernel that works in place, or undefined where the backend has
 *   no such kernel
 */
export function runKernel(
  name: string,
  inputs: NamedTensorMap,
  attributes: object,
): Tensor[] | undefined {
  // tfjs itself throws where a kernel is missing.
  if (getKernel(name, getBackend()) === undefined) return undefined;
  return engine().runKernel<Tensor[]>(name, inputs, { ...attributes });
}
