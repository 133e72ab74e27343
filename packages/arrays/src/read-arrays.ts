import { ArrayFileError } from './array-file-error.ts';
import { isNpy } from './npy-header.ts';
import type { NumericArray } from './numeric-array.ts';
import { parseNpy } from './parse-npy.ts';
import { isZip, readNpz, type ReadNpzOptions } from './read-npz.ts';
import { safetensorsArrays } from './safetensors-arrays.ts';

/**
 * Reads the arrays of a file, whatever its kind: NPY, NPZ or safetensors. Its first bytes say which
 * it is.
 *
 * @param name the file's name, for messages
 * @returns the arrays by name; the one of an NPY file is called `array`
 * @throws ArrayFileError if it is none of these, and what `parseNpy`, `readNpz` and
 *   `safetensorsArrays` throw
 */
export async function readArrays(
  bytes: Uint8Array,
  name: string,
  options: ReadNpzOptions = {},
): Promise<Record<string, NumericArray>> {
  if (isNpy(bytes)) return { array: parseNpy(bytes, name) };
  if (isZip(bytes)) return readNpz(bytes, name, options);
  if (bytes[8] === 0x7b) return safetensorsArrays(bytes, name);
  throw new ArrayFileError(
    name,
    bytes.length === 0 ? 'the file is empty' : 'the file begins like none of them',
    'an NPY, NPZ or safetensors file',
    'save the array with numpy.save',
  );
}
