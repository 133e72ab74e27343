import { encodeSafetensors, type EncodeOptions } from './encode-safetensors.ts';
import type { SafetensorsFile } from './safetensors-file.ts';
import { writeFileWhole } from './write-file-whole.ts';

/**
 * Writes a safetensors file, whole or not at all; the same content gives the same bytes.
 *
 * @throws RangeError for content that the format cannot hold, see `encodeSafetensors`; an Error if
 *   writing fails, see `writeFileWhole`
 */
export async function writeSafetensors(
  path: string,
  file: SafetensorsFile,
  options?: EncodeOptions,
): Promise<void> {
  await writeFileWhole(path, encodeSafetensors(file, options));
}
