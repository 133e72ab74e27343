import { argumentError, checkFloats } from '@deepbelief/checks';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** The inputs of a kernel call, which may be anything under any name. */
export type KernelInputs = Readonly<Record<string, TensorInfo | undefined>>;

/** Throws a RangeError for two tensors that share memory if one is changed in place. */
export function checkApart(where: string, inputs: KernelInputs, inPlace: readonly string[]): void {
  for (const changed of inPlace) {
    for (const name in inputs) {
      if (name === changed || inputs[name]?.dataId !== inputs[changed]!.dataId) continue;
      throw argumentError(
        `${where}: ${changed}, which may be changed in place, and ${name} are the same ` +
          'tensor, expected two; add(x, 0) copies one',
      );
    }
  }
}

/** Throws a RangeError unless this is a float32 tensor with at least one value, of any shape. */
export function checkFilled(
  where: string,
  what: string,
  tensor: TensorInfo | undefined,
): asserts tensor is TensorInfo {
  const shape = Array.isArray(tensor?.shape) ? tensor.shape : ['units'];
  checkFloats(
    where,
    what,
    tensor,
    shape.map((extent) => extent || 'units'),
  );
}
