export { decodeSafetensors, type DecodedSafetensors } from './decode-safetensors.ts';
export type { Dtype, DtypeArrays } from './dtype.ts';
export { encodeSafetensors } from './encode-safetensors.ts';
export { SafetensorsError } from './safetensors-error.ts';
export type { SafetensorsFile, SafetensorsTensor } from './safetensors-file.ts';
