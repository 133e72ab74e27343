import { tensor, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelCall, TensorSpec } from './kernel-call.ts';

/** A call's tensors by name. */
export type Tensors = Record<string, Tensor>;

/** Numbers of the tensors that stand beside a call's. */
const CANARY = Float32Array.from({ length: 16 }, (_, i) => 1234.5 + i);

/** A tensor of numbers from −2 to 2, of small whole numbers from 0, or of zeros and ones. */
function make({ shape, dtype, seed }: TensorSpec): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const number = (i: number): number => ((seed + 1) * (i + 7) * 7919) % 4001;
  if (dtype === 'float32')
    return tensor(
      Float32Array.from({ length: size }, (_, i) => number(i) / 1000 - 2),
      [...shape],
    );
  if (dtype === 'int32')
    return tensor(
      Int32Array.from({ length: size }, (_, i) => number(i) % 3),
      [...shape],
      dtype,
    );
  return tensor(
    Uint8Array.from({ length: size }, (_, i) => number(i) % 2),
    [...shape],
    dtype,
  );
}

/** Whether no number of the tensors beside those of a call has changed. */
export function areIntact(canaries: readonly Tensor[]): boolean {
  return canaries.every((one) => one.dataSync().every((value, i) => value === CANARY[i]));
}

/** Makes a call's tensors with canaries before, between and after them. */
export function makeAll(call: KernelCall): { tensors: Tensors; canaries: Tensor[] } {
  const tensors: Tensors = {};
  const canaries = [tensor1d(CANARY)];
  for (const [name, spec] of Object.entries(call.inputs)) {
    const same = spec.same === undefined ? undefined : tensors[spec.same];
    tensors[name] = same ?? make(spec);
    if (same === undefined) canaries.push(tensor1d(CANARY));
  }
  return { tensors, canaries };
}
