import type { FileHandle } from 'node:fs/promises';
import type { Dtype } from './dtype.ts';
import { headerLength, readHeader } from './read-header.ts';
import { RegularFileError } from './regular-file-error.ts';
import { openRegularFile } from './regular-file.ts';

/** Where a tensor lies in a file. */
export interface SafetensorsPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Position of its first byte in the file. */
  readonly position: number;
  /** Its length in bytes. */
  readonly byteLength: number;
}

/** What the header of a safetensors file says. */
export interface SafetensorsHeader {
  readonly tensors: Readonly<Record<string, SafetensorsPlace>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the header of a safetensors file and nothing else: for files larger than memory, whose tensors one then reads
 * in parts. It is checked as strictly as by `decodeSafetensors`, against the file's length too.
 *
 * @throws SafetensorsError for an unsound file, see `decodeSafetensors`; RegularFileError for a path that is no regular
 *   file or cannot be opened; an Error that names the path, with the system's error as its cause, when reading fails
 */
export async function readSafetensorsHeader(path: string): Promise<SafetensorsHeader> {
  let bytes: Uint8Array;
  let length: number;
  try {
    const file = await openRegularFile(path);
    try {
      length = (await file.stat()).size;
      const start = await readBytes(file, Math.min(8, length));
      bytes = await readBytes(file, length < 8 ? length : 8 + headerLength(start, path, length));
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof RegularFileError || !(cause instanceof Error && 'code' in cause)) throw cause;
    throw new Error(
      `readSafetensorsHeader: cannot read ${path} (${cause.message}): check the path and its permissions`,
      { cause },
    );
  }
  const { tensors, metadata, dataStart } = readHeader(bytes, path, length);
  const places = tensors.map(({ name, dtype, shape, begin, end }): [string, SafetensorsPlace] => [
    name,
    { dtype, shape, position: dataStart + begin, byteLength: end - begin },
  ]);
  return { tensors: Object.fromEntries(places), metadata };
}

/** The first bytes of a file. */
async function readBytes(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, 0);
  return bytes.subarray(0, bytesRead);
}
