import { readFile } from 'node:fs/promises';
import { decodeSafetensors, type DecodedSafetensors } from './decode-safetensors.ts';

/**
 * Reads a safetensors file whole and decodes it.
 *
 * @throws SafetensorsError for an unsound file, see `decodeSafetensors`; an Error that names the path, with the
 *   system's error as its cause, when the file cannot be read
 */
export async function readSafetensors(path: string): Promise<DecodedSafetensors> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`readSafetensors: cannot read ${path} (${reason}): check the path and its permissions`, { cause });
  }
  return decodeSafetensors(bytes, path);
}
