import { printable } from '@deepbelief/checks';
import {
  brainFloats,
  decodeSafetensors,
  halfFloats,
  type SafetensorsTensor,
} from '@deepbelief/safetensors';
import { ArrayFileError } from './array-file-error.ts';
import { numericArray, type NumericArray, type NumericDtype } from './numeric-array.ts';

/**
 * Reads the arrays of a safetensors file. F16 and BF16 become float32, which holds each exactly.
 *
 * @param name the file's name, for messages
 * @throws SafetensorsError like `decodeSafetensors`; ArrayFileError for complex numbers and floats
 *   of 8 bits or fewer
 */
export function safetensorsArrays(bytes: Uint8Array, name: string): Record<string, NumericArray> {
  const { tensors } = decodeSafetensors(bytes, name);
  return Object.fromEntries(
    Object.entries(tensors).map(([key, tensor]) => [key, arrayOf(tensor, key, name)]),
  );
}

const TYPES: ReadonlyMap<SafetensorsTensor['dtype'], NumericDtype> = new Map([
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['U16', 'uint16'],
  ['U32', 'uint32'],
  ['U64', 'uint64'],
  ['I8', 'int8'],
  ['I16', 'int16'],
  ['I32', 'int32'],
  ['I64', 'int64'],
  ['F32', 'float32'],
  ['F64', 'float64'],
]);

function arrayOf(tensor: SafetensorsTensor, key: string, name: string): NumericArray {
  const { shape, data } = tensor;
  if (tensor.dtype === 'F16') return { dtype: 'float32', shape, data: halfFloats(tensor.data) };
  if (tensor.dtype === 'BF16') return { dtype: 'float32', shape, data: brainFloats(tensor.data) };
  const dtype = TYPES.get(tensor.dtype);
  if (dtype === undefined) {
    throw new ArrayFileError(
      `${name}: ${printable(key.slice(0, 80))}`,
      `the array holds ${tensor.dtype}`,
      'booleans, integers or floats of 16 to 64 bits',
      'convert it to F32',
    );
  }
  return numericArray(dtype, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
