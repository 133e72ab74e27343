import type { FileHandle } from 'node:fs/promises';
import { decodeSafetensorsHeader, type SafetensorsHeader } from './decode-safetensors-header.ts';
import { headerLength } from './read-header.ts';
import { RegularFileError } from './regular-file-error.ts';
import { openRegularFile } from './regular-file.ts';

/**
 * Reads the header of a safetensors file and nothing else: for files larger than memory, whose
 * tensors one then reads in parts. It is checked as strictly as by `decodeSafetensors`, against the
 * file's length too; the digest is told but not compared, since that takes all bytes.
 *
 * @throws SafetensorsError for an unsound file, see `decodeSafetensors`; RegularFileError for a
 *   path that is no regular file or cannot be opened; an Error that names the path, with the
 *   system's error as its cause, when reading fails
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
    if (cause instanceof RegularFileError || !(cause instanceof Error && 'code' in cause))
      throw cause;
    throw new Error(
      `readSafetensorsHeader: cannot read ${path} (${cause.message}): check the path and its permissions`,
      { cause },
    );
  }
  return decodeSafetensorsHeader(bytes, path, length);
}

/** The first bytes of a file. */
async function readBytes(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, 0);
  return bytes.subarray(0, bytesRead);
}
