import { argumentError, checkTensor } from '@deepbelief/checks';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws a RangeError unless a tensor is float32 of a shape and still has its values. */
export function checkFloats(
  where: string,
  what: string,
  tensor: Tensor,
  shape: readonly number[],
): void {
  checkTensor(where, what, tensor);
  const fits =
    tensor.shape.length === shape.length && shape.every((extent, i) => tensor.shape[i] === extent);
  if (fits && tensor.dtype === 'float32') return;
  throw argumentError(
    `${where}: ${what} is ${tensor.dtype} of shape [${tensor.shape.join(', ')}], expected float32 of shape [${shape.join(', ')}]`,
  );
}
