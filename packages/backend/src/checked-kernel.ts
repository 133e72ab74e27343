import { checkKernel, type KernelInputs } from '@deepbelief/kernels';
import {
  engine,
  registerKernel,
  unregisterKernel,
  getKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { sizeOfShape } from './wasm-heap.ts';

/** Computes one of our kernels from checked inputs and attributes. */
export type CheckedKernel = (
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes: object,
) => TensorInfo | TensorInfo[];

/** Makes a float32 copy of a tensor that claims to be float32 but holds integers. */
export type ToFloats = (tensor: TensorInfo) => {
  readonly floats: TensorInfo;
  readonly dispose: () => void;
};

/** The names of inputs that kernels change in place. */
const IN_PLACE: readonly string[] = ['parameter', 'velocity', 'first', 'second'];

/**
 * Registers a kernel named in @deepbelief/kernels and replaces an earlier one. Before it touches
 * memory, the kernel refuses everything that the portable form refuses, because anyone can run a
 * kernel by name with any arguments.
 *
 * @param toFloats for a backend whose casts only relabel integers
 */
export function registerCheckedKernel(
  backendName: string,
  kernelName: string,
  compute: CheckedKernel,
  toFloats?: ToFloats,
): void {
  // tfjs complains on the console if a kernel is registered twice.
  if (getKernel(kernelName, backendName) !== undefined) unregisterKernel(kernelName, backendName);
  registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const given = inputs as KernelInputs;
      const attributes = checkKernel(kernelName, given, attrs);
      let integers = false;
      for (const name in given) {
        const canCast = toFloats !== undefined && !IN_PLACE.includes(name);
        if (checkHeld(kernelName, name, given[name]!, canCast) !== 'float32') integers = true;
      }
      const held = given as Readonly<Record<string, TensorInfo>>;
      return integers
        ? withFloats(held, toFloats!, (floats) => compute(floats, attributes))
        : compute(held, attributes);
    },
  });
}

/** Runs `compute` with float copies of inputs that hold integers, then disposes of the copies. */
function withFloats<R>(
  inputs: Readonly<Record<string, TensorInfo>>,
  toFloats: ToFloats,
  compute: (inputs: Readonly<Record<string, TensorInfo>>) => R,
): R {
  const copies = Object.entries(inputs)
    .filter(([, { dataId }]) => heldBy(dataId)?.dtype !== 'float32')
    .map(([name, tensor]) => ({ name, ...toFloats(tensor) }));
  const result = compute({
    ...inputs,
    ...Object.fromEntries(copies.map(({ name, floats }) => [name, floats])),
  });
  for (const { dispose } of copies) dispose();
  return result;
}

/** What the engine stores about a tensor's data. */
function heldBy(
  dataId: object,
): { readonly dtype: string; readonly shape: readonly number[] } | undefined {
  return engine().state.tensorInfo.get(dataId);
}

/**
 * A tensor without a `Tensor` object describes itself, but does not say whether its data exists or
 * still exists.
 *
 * @returns the dtype of the data
 */
function checkHeld(
  where: string,
  what: string,
  { dataId, shape }: TensorInfo,
  canCast: boolean,
): string {
  const held = heldBy(dataId);
  if (held === undefined) {
    throw new RangeError(`${where}: ${what} is disposed, expected a tensor that still has values`);
  }
  const fits =
    held.dtype === 'float32' || (canCast && (held.dtype === 'int32' || held.dtype === 'bool'));
  if (fits && sizeOfShape(held.shape) === sizeOfShape(shape)) return held.dtype;
  throw new RangeError(
    `${where}: ${what} holds ${held.dtype} of shape [${held.shape.join(', ')}], expected ` +
      `float32 of [${shape.join(', ')}]`,
  );
}
