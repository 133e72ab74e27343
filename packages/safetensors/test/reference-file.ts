import type { SafetensorsFile } from '../src/index.ts';

/** A small file's content; below, its bytes as written by the Python package safetensors 0.8.0. */
export const referenceFile: SafetensorsFile = {
  tensors: {
    b: { dtype: 'F32', shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, 6]) },
    a: { dtype: 'F32', shape: [1], data: new Float32Array([0.5]) },
    bytes: { dtype: 'U8', shape: [3], data: new Uint8Array([1, 2, 255]) },
    count: { dtype: 'I64', shape: [], data: new BigInt64Array([7n]) },
    d: { dtype: 'F64', shape: [2], data: new Float64Array([-1.5, 2]) },
    empty: { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
  },
  metadata: { format: 'deepbelief' },
};

const header =
  '{"__metadata__":{"format":"deepbelief"},"count":{"dtype":"I64","shape":[],"data_offsets":[0,8]},' +
  '"d":{"dtype":"F64","shape":[2],"data_offsets":[8,24]},"a":{"dtype":"F32","shape":[1],"data_offsets":[24,28]},' +
  '"b":{"dtype":"F32","shape":[2,3],"data_offsets":[28,52]},"empty":{"dtype":"F32","shape":[0,4],' +
  '"data_offsets":[52,52]},"bytes":{"dtype":"U8","shape":[3],"data_offsets":[52,55]}}   ';

const data =
  '0700000000000000000000000000f8bf00000000000000400000003f0000803f0000004000004040000080400000a0400000c0400102ff';

export const referenceBytes: Uint8Array = new Uint8Array([
  ...Buffer.from('8001000000000000', 'hex'),
  ...Buffer.from(header),
  ...Buffer.from(data, 'hex'),
]);

/**
 * A file with the dtypes of later format versions, and its bytes as written by the Python package
 * 0.8.0.
 */
export const newDtypesFile: SafetensorsFile = {
  tensors: {
    c: { dtype: 'C64', shape: [2], data: new Float32Array([1, 2, 3, 4]) },
    y: { dtype: 'F8_E5M2FNUZ', shape: [1], data: new Uint8Array([1]) },
    z: { dtype: 'F8_E4M3FNUZ', shape: [1], data: new Uint8Array([1]) },
    e: { dtype: 'F8_E8M0', shape: [3], data: new Uint8Array([1, 2, 3]) },
    f4: { dtype: 'F4', shape: [6], data: new Uint8Array([1, 2, 3]) },
    b: { dtype: 'BOOL', shape: [1], data: new Uint8Array([1]) },
  },
  metadata: { a: 'b' },
};

const newDtypesHeader =
  '{"__metadata__":{"a":"b"},"c":{"dtype":"C64","shape":[2],"data_offsets":[0,16]},"y":{"dtype":"F8_E5M2FNUZ",' +
  '"shape":[1],"data_offsets":[16,17]},"z":{"dtype":"F8_E4M3FNUZ","shape":[1],"data_offsets":[17,18]},"e":{"dtype":' +
  '"F8_E8M0","shape":[3],"data_offsets":[18,21]},"f4":{"dtype":"F4","shape":[6],"data_offsets":[21,24]},"b":{"dtype":' +
  '"BOOL","shape":[1],"data_offsets":[24,25]}}';

export const newDtypesBytes: Uint8Array = new Uint8Array([
  ...Buffer.from('7801000000000000', 'hex'),
  ...Buffer.from(newDtypesHeader),
  ...Buffer.from('0000803f000000400000404000008040010101020301020301', 'hex'),
]);
