import { brainFloats, halfFloats } from './half-floats.ts';
import type { SafetensorsTensor } from './safetensors-file.ts';

/**
 * The numbers of a tensor of floats of 16, 32 or 64 bits as float32: F16 and BF16 exactly, F64
 * rounded, beyond float32's range to infinity. F32 is returned as it is.
 *
 * @returns undefined for a tensor of anything else
 */
export function tensorFloats(tensor: SafetensorsTensor): Float32Array | undefined {
  if (tensor.dtype === 'F32') return tensor.data;
  if (tensor.dtype === 'F64') return Float32Array.from(tensor.data);
  if (tensor.dtype === 'F16') return halfFloats(tensor.data);
  if (tensor.dtype === 'BF16') return brainFloats(tensor.data);
  return undefined;
}
