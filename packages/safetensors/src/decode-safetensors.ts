import { DTYPES, type DtypeArrays } from './dtype.ts';
import { readHeader, type TensorInfo } from './read-header.ts';
import type { SafetensorsTensor } from './safetensors-file.ts';

/** A decoded file; `metadata` is empty where the file has none. */
export interface DecodedSafetensors {
  readonly tensors: Readonly<Record<string, SafetensorsTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Decodes a safetensors file. The whole header is checked against the file's length before the tensors are
 * allocated, and no size in it is trusted. The tensors' arrays are copies: they stay as they are when `bytes` changes.
 *
 * Source: the safetensors format, huggingface.co/docs/safetensors.
 *
 * @param name the file's name, for messages
 * @throws SafetensorsError when the header's length exceeds the file or 100 MB; the header is no valid UTF-8 or JSON
 *   object, or names a thing twice; metadata are no strings; a tensor has an unknown dtype, a shape of other than
 *   whole numbers, or a range that disagrees with shape and dtype; or ranges overlap, leave holes or leave the file
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): DecodedSafetensors {
  const { tensors, metadata, dataStart } = readHeader(bytes, name);
  return {
    tensors: Object.fromEntries(tensors.map((info) => [info.name, copyTensor(bytes, dataStart, info)])),
    metadata,
  };
}

function copyTensor(bytes: Uint8Array, dataStart: number, info: TensorInfo): SafetensorsTensor {
  const copy = new Uint8Array(info.end - info.begin);
  copy.set(bytes.subarray(dataStart + info.begin, dataStart + info.end));
  return tensorOf(info.dtype, info.shape, copy.buffer);
}

/** Generic in the dtype, so that the compiler sees that array and dtype belong together. */
function tensorOf<D extends keyof DtypeArrays>(
  dtype: D,
  shape: readonly number[],
  buffer: ArrayBuffer,
): {
  [K in D]: { dtype: K; shape: readonly number[]; data: DtypeArrays[K] };
}[D] {
  return { dtype, shape, data: new DTYPES[dtype](buffer) };
}
