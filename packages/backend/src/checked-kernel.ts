import { checkKernel, type KernelInputs } from '@deepbelief/kernels';
import {
  engine,
  registerKernel,
  unregisterKernel,
  getKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { sizeOfShape } from './wasm-heap.ts';

/** What a kernel of ours computes, of inputs and attributes that have been checked. */
export type CheckedKernel = (
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes: object,
) => TensorInfo | TensorInfo[];

/** A float32 copy of a tensor that is called float32 but holds integers. */
export type ToFloats = (tensor: TensorInfo) => {
  readonly floats: TensorInfo;
  readonly dispose: () => void;
};

/** The names of inputs that kernels change in place. */
const IN_PLACE: readonly string[] = ['parameter', 'velocity', 'first', 'second'];

/**
 * Registers a kernel named in @deepbelief/kernels, in place of an earlier one, so that it refuses
 * what the portable form refuses before it touches memory: anyone can run a kernel by its name,
 * with anything.
 *
 * @param toFloats for a backend whose casts leave the integers where they are, under another name
 */
export function registerCheckedKernel(
  backendName: string,
  kernelName: string,
  compute: CheckedKernel,
  toFloats?: ToFloats,
): void {
  // tfjs complains on the console where a kernel is registered twice.
  if (getKernel(kernelName, backendName) !== undefined) unregisterKernel(kernelName, backendName);
  registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const given = inputs as KernelInputs;
      checkKernel(kernelName, given, attrs);
      const attributes = attrs as object;
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

/** Runs `compute` with copies of the inputs that hold integers, which go again. */
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

/** What the engine keeps of a tensor's data. */
function heldBy(
  dataId: object,
): { readonly dtype: string; readonly shape: readonly number[] } | undefined {
  return engine().state.tensorInfo.get(dataId);
}

/**
 * A tensor without a `Tensor` around it says of itself what it is, but not whether that is there,
 * or still there.
 *
 * @returns the dtype of what is there
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
    `${where}: ${what} holds ${held.dtype} of shape [${held.shape.join(', ')}], expected float32 of [${shape.join(', ')}]`,
  );
}
