import { decodeSafetensors, type DecodedSafetensors } from './decode-safetensors.ts';
import { readRegularFile, type RegularFileOptions } from './regular-file.ts';

/**
 * Reads a whole safetensors file and decodes it.
 *
 * @param options `limit`: the most bytes the file may have, default 2^31 - 1
 * @throws SafetensorsError for a bad file, see `decodeSafetensors`; RegularFileError for a path
 *   that is not a regular file, has more bytes, or cannot be read (with the system's error as its
 *   cause)
 */
export async function readSafetensors(
  path: string,
  options: RegularFileOptions = {},
): Promise<DecodedSafetensors> {
  return decodeSafetensors(await readRegularFile(path, options), path);
}
