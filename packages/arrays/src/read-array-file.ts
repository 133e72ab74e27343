import { readRegularFile } from '@deepbelief/data/node';
import type { NumericArray } from './numeric-array.ts';
import { readArrays } from './read-arrays.ts';
import type { ReadNpzOptions } from './read-npz.ts';

/**
 * Reads the arrays of an NPY, NPZ or safetensors file.
 *
 * @returns the arrays by name; the one of an NPY file is called `array`
 * @throws RegularFileError if the path is not a file that can be read, and what `readArrays` throws
 */
export async function readArrayFile(
  path: string,
  options: ReadNpzOptions = {},
): Promise<Record<string, NumericArray>> {
  return readArrays(await readRegularFile(path), path, options);
}
