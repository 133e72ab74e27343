import { DTYPES, type DtypeArrays } from './dtype.ts';
import { compareDigests, FileDigest } from './file-digest.ts';
import { readHeader, type TensorInfo } from './read-header.ts';
import type { SafetensorsTensor } from './safetensors-file.ts';

/** A decoded file. `metadata` is empty if the file has none. */
export interface DecodedSafetensors {
  readonly tensors: Readonly<Record<string, SafetensorsTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The SHA-256 that the file records and its bytes have, 64 hexadecimal digits. Absent if the file
   * records none; damage to its tensors then goes unnoticed.
   */
  readonly digest?: string;
}

/**
 * Decodes a safetensors file. It trusts no size in the header: it checks the whole header against
 * the file's length before it allocates the tensors. If the file records a digest, as those of
 * `encodeSafetensors` do, its bytes must match. The tensors' arrays are copies and do not change
 * with `bytes`.
 *
 * Source: the safetensors format, huggingface.co/docs/safetensors.
 *
 * @param name the file's name, for messages
 * @throws SafetensorsError if the header's length exceeds the file or 100 MB; the header is not
 *   valid UTF-8 or not a JSON object, or has a duplicate key; a metadata value is not a string; a
 *   tensor has an unknown dtype, a shape that is not a list of whole numbers, or a range that
 *   disagrees with shape and dtype; ranges overlap, leave holes or leave the file; or the bytes do
 *   not match the recorded digest
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): DecodedSafetensors {
  const { tensors, metadata, digest, dataStart } = readHeader(bytes, name);
  if (digest !== undefined) {
    const computed = new FileDigest();
    computed.add(bytes.subarray(dataStart));
    compareDigests(digest, computed.finish(bytes.subarray(0, dataStart)), name);
  }
  return {
    tensors: Object.fromEntries(
      tensors.map((info) => [info.name, copyTensor(bytes, dataStart, info)]),
    ),
    metadata,
    ...(digest === undefined ? {} : { digest }),
  };
}

function copyTensor(bytes: Uint8Array, dataStart: number, info: TensorInfo): SafetensorsTensor {
  const copy = new Uint8Array(info.end - info.begin);
  copy.set(bytes.subarray(dataStart + info.begin, dataStart + info.end));
  return tensorOf(info.dtype, info.shape, copy.buffer);
}

/** Generic in the dtype, so that the compiler knows that array and dtype belong together. */
function tensorOf<D extends keyof DtypeArrays>(
  dtype: D,
  shape: readonly number[],
  buffer: ArrayBuffer,
): {
  [K in D]: { dtype: K; shape: readonly number[]; data: DtypeArrays[K] };
}[D] {
  return { dtype, shape, data: new DTYPES[dtype](buffer) };
}
