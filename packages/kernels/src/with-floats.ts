import { cast, Tensor, tidy, type TensorContainer } from '@tensorflow/tfjs-core';

/**
 * Runs `compute` with int32 and bool inputs cast to float32, because kernels would read their bits
 * as floats. It costs nothing if there are none.
 */
export function withFloats<
  I extends Readonly<Record<string, Tensor | undefined>>,
  R extends object,
>(inputs: I, compute: (inputs: I) => R): R {
  for (const name in inputs) {
    if (isCastable(inputs[name])) {
      return tidy(() => {
        const floats = Object.entries(inputs).map(([key, value]) => [
          key,
          isCastable(value) ? cast(value, 'float32') : value,
        ]);
        return compute(Object.fromEntries(floats) as I) as TensorContainer;
      }) as R;
    }
  }
  return compute(inputs);
}

function isCastable(value: Tensor | undefined): value is Tensor {
  return (
    value instanceof Tensor &&
    !value.isDisposed &&
    (value.dtype === 'int32' || value.dtype === 'bool')
  );
}
