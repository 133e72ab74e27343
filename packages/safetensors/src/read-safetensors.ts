import { decodeSafetensors, type DecodedSafetensors } from './decode-safetensors.ts';
import { readRegularFile, type RegularFileOptions } from './regular-file.ts';

/**
 * Reads a safetensors file whole and decodes it.
 *
 * @param options `limit`: the most bytes that the file may have, default 2^31 - 1
 * @throws SafetensorsError for an unsound file, see `decodeSafetensors`; RegularFileError for a
 *   path that is no regular file, has more bytes, or cannot be read (with the system's error as its
 *   cause)
 */
export async function readSafetensors(
  path: string,
  options: RegularFileOptions = {},
): Promise<DecodedSafetensors> {
  return decodeSafetensors(await readRegularFile(path, options), path);
}
