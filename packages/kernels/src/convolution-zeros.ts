import { concat, zeros, type Tensor3D } from '@tensorflow/tfjs-core';

/** Adds zeros before and after along an axis. (tfjs's `pad` is slower on the wasm backend.) */
export function zerosAround(
  values: Tensor3D,
  axis: 0 | 1 | 2,
  before: number,
  after: number,
): Tensor3D {
  if (before === 0 && after === 0) return values;
  const blank = (length: number): Tensor3D[] => {
    const shape: [number, number, number] = [...values.shape];
    shape[axis] = length;
    return length === 0 ? [] : [zeros(shape)];
  };
  return concat([...blank(before), values, ...blank(after)], axis);
}
