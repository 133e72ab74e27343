export { ArrayFileError } from './array-file-error.ts';
export { describeArray, type ArrayDescription, type FittingUnits } from './describe-array.ts';
export { encodeNpy } from './encode-npy.ts';
export { encodeNpz, type EncodeNpzOptions } from './encode-npz.ts';
export {
  fromArrays,
  type ArrayInputs,
  type FromArraysOptions,
  type Numbers,
} from './from-arrays.ts';
export type { NumericArray, NumericArrayOf, NumericArrays, NumericDtype } from './numeric-array.ts';
export { parseNpy } from './parse-npy.ts';
export { readArrays } from './read-arrays.ts';
export { readCsr } from './read-csr.ts';
export { MAX_NPZ_BYTES, readNpz, type ReadNpzOptions } from './read-npz.ts';
export { safetensorsArrays } from './safetensors-arrays.ts';
