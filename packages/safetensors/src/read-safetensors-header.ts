import type { FileHandle } from 'node:fs/promises';
import { decodeSafetensorsHeader, type SafetensorsHeader } from './decode-safetensors-header.ts';
import { headerLength } from './read-header.ts';
import { RegularFileError } from './regular-file-error.ts';
import { openRegularFile } from './regular-file.ts';

/**
 * Reads only the header of a safetensors file, for files larger than memory whose tensors are then
 * read in parts. It checks the header as strictly as `decodeSafetensors`, also against the file's
 * length. It returns the digest but does not compare it, since that takes all bytes.
 *
 * @throws SafetensorsError for a bad file, see `decodeSafetensors`; RegularFileError for a path
 *   that is not a regular file or cannot be opened; an Error that names the path, with the system's
 *   error as its cause, if reading fails
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
      `readSafetensorsHeader: cannot read ${path} (${cause.message}): ` +
        'check the path and its permissions',
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
