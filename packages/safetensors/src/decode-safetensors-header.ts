import type { Dtype } from './dtype.ts';
import { readHeader } from './read-header.ts';

/** A tensor's place in a file. */
export interface SafetensorsPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Position of its first byte in the file. */
  readonly position: number;
  /** Its length in bytes. */
  readonly byteLength: number;
}

/** The content of a safetensors file's header. */
export interface SafetensorsHeader {
  readonly tensors: Readonly<Record<string, SafetensorsPlace>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The SHA-256 that the file records, not compared with its bytes; absent if it records none. */
  readonly digest?: string;
}

/**
 * Reads only the header, not the tensors.
 *
 * @param bytes the file, or its beginning up to the end of the header
 * @param name the file's name, for messages
 * @param length the whole file's length
 * @throws SafetensorsError for a bad header, see `decodeSafetensors`
 */
export function decodeSafetensorsHeader(
  bytes: Uint8Array,
  name: string,
  length: number = bytes.length,
): SafetensorsHeader {
  const { tensors, metadata, digest, dataStart } = readHeader(bytes, name, length);
  const places = tensors.map((info): [string, SafetensorsPlace] => [
    info.name,
    {
      dtype: info.dtype,
      shape: info.shape,
      position: dataStart + info.begin,
      byteLength: info.end - info.begin,
    },
  ]);
  return {
    tensors: Object.fromEntries(places),
    metadata,
    ...(digest === undefined ? {} : { digest }),
  };
}
