import { argumentError, checkOptions, flag, shown, type Bytes } from '@deepbelief/checks';
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { encodeNpy } from './encode-npy.ts';
import type { NumericArray } from './numeric-array.ts';

/** Options of `encodeNpz`. */
export interface EncodeNpzOptions {
  /** Whether the arrays are deflated, as by `numpy.savez_compressed`. Default false. */
  readonly compress?: boolean;
}

/** zip's first day: the same arrays give the same bytes. */
const FIRST_DAY = new Date(1980, 0, 1);

/**
 * Returns the bytes of an NPZ file, as `numpy.savez` writes it: one NPY file for each name.
 *
 * @throws RangeError for a name that is empty or has a slash or control character, an unknown
 *   option, and what `encodeNpy` throws
 */
export async function encodeNpz(
  arrays: Readonly<Record<string, NumericArray>>,
  options: EncodeNpzOptions = {},
): Promise<Bytes> {
  checkOptions('encodeNpz', options, { compress: flag });
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    level: options.compress === true ? 6 : 0,
    lastModDate: FIRST_DAY,
    extendedTimestamp: false,
  });
  for (const [name, array] of Object.entries(arrays)) {
    if (!/^[^/\\\p{Cc}]+$/u.test(name)) {
      throw argumentError(
        `encodeNpz: an array's name is ${shown(name)}, expected characters other than slashes ` +
          'and control characters',
      );
    }
    await writer.add(`${name}.npy`, new Uint8ArrayReader(encodeNpy(array)));
  }
  return writer.close();
}
