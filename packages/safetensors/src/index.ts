export type { Bytes } from './bytes.ts';
export { decodeSafetensors, type DecodedSafetensors } from './decode-safetensors.ts';
export {
  decodeSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsPlace,
} from './decode-safetensors-header.ts';
export type { Dtype, DtypeArrays } from './dtype.ts';
export { encodeSafetensors, type EncodeOptions } from './encode-safetensors.ts';
export { brainFloats, halfFloats } from './half-floats.ts';
export { SafetensorsError } from './safetensors-error.ts';
export type { SafetensorsFile, SafetensorsTensor } from './safetensors-file.ts';
export { tensorFloats } from './tensor-floats.ts';
