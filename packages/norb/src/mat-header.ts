import { argumentError, type Bytes } from '@deepbelief/checks';
import { NorbFileError } from './norb-file-error.ts';

/** The array for each number type of `.mat` files. */
export interface MatArrays {
  uint8: Uint8Array;
  int16: Int16Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}

export type MatType = keyof MatArrays;

/** The types by magic number, 0x1E3D4C51 to 56. 52 is a packed matrix; no such file is known. */
const MAGICS: Readonly<Record<number, { readonly dtype: MatType; readonly bytes: number }>> = {
  0x1e3d4c51: { dtype: 'float32', bytes: 4 },
  0x1e3d4c53: { dtype: 'float64', bytes: 8 },
  0x1e3d4c54: { dtype: 'int32', bytes: 4 },
  0x1e3d4c55: { dtype: 'uint8', bytes: 1 },
  0x1e3d4c56: { dtype: 'int16', bytes: 2 },
};
const PACKED = 0x1e3d4c52;

/** The format stores at least this many dimensions, unused ones as 1. */
const LEAST_STORED = 3;
/** The most dimensions; Lush, whose format this is, allows fewer. */
const MOST_DIMENSIONS = 8;

/** No header is longer than this, in bytes. */
export const LONGEST_HEADER: number = 8 + 4 * MOST_DIMENSIONS;

/** The header of a `.mat` file. */
export interface MatHeader {
  readonly dtype: MatType;
  /** Each 1 or more. */
  readonly shape: readonly number[];
  /** Bytes per number. */
  readonly bytesEach: number;
  /** Where the numbers begin, in bytes: 20 for up to three dimensions, 24 for four. */
  readonly start: number;
  /**
   * Length of the whole file in bytes. Beyond 2^53 it is only approximate, but still longer than
   * any file.
   */
  readonly length: number;
}

/**
 * Reads the header at the start of a `.mat` file: a magic number, the number of dimensions, then at
 * least three dimensions (unused ones are 1 and ignored), all little-endian int32. The numbers
 * follow in C order. No allocation depends on the header.
 *
 * Source: F. J. Huang, Y. LeCun, "The NORB dataset", section "File Format", 2004-2005; the format
 * is that of Lush.
 *
 * @param bytes the file from its beginning; `LONGEST_HEADER` bytes are enough
 * @param file the file's name, for messages
 * @throws NorbFileError for another magic number (big-endian, gzipped, a MATLAB file), more than 8
 *   dimensions or none, a dimension below 1, or bytes that end within the header
 */
export function parseMatHeader(bytes: Uint8Array, file: string): MatHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (length: number): void => {
    if (bytes.length >= length) return;
    throw new NorbFileError({
      file,
      offset: bytes.length,
      found: 'the file ends within its header',
      expected: `${length} bytes of header`,
    });
  };
  need(4);
  const magic = view.getInt32(0, true);
  const type = MAGICS[magic];
  if (type === undefined) throw wrongMagic(bytes, file);
  need(8);
  const dimensions = view.getInt32(4, true);
  if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
    throw new NorbFileError({
      file,
      offset: 4,
      found: `the number of dimensions is ${dimensions}`,
      expected: `1 to ${MOST_DIMENSIONS}`,
    });
  }
  const start = 8 + 4 * Math.max(LEAST_STORED, dimensions);
  need(start);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getInt32(8 + 4 * i, true));
  const bad = shape.findIndex((length) => length < 1);
  if (bad !== -1) {
    throw new NorbFileError({
      file,
      offset: 8 + 4 * bad,
      found: `the dimensions are [${shape.join(', ')}]`,
      expected: '1 or more of each',
    });
  }
  const length = start + shape.reduce((product, extent) => product * extent, type.bytes);
  return { dtype: type.dtype, bytesEach: type.bytes, shape, start, length };
}

function wrongMagic(bytes: Uint8Array, file: string): NorbFileError {
  const words = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
  const [expected, remedy] =
    bytes[0] === 0x1f && bytes[1] === 0x8b
      ? [
          'an uncompressed file that begins with 5X 4c 3d 1e',
          'it is gzipped: name it .mat.gz or unpack it',
        ]
      : MAGICS[view.getInt32(0)] !== undefined
        ? [
            'little-endian words that begin with 5X 4c 3d 1e',
            'the file is big-endian: write it little-endian',
          ]
        : new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'MATL'
          ? [
              "NORB's own format, which begins with 5X 4c 3d 1e",
              'this is a MATLAB file: get the original .mat',
            ]
          : view.getInt32(0, true) === PACKED
            ? [
                '51, 53, 54, 55 or 56 as the first byte',
                'NORB does not use packed matrices (52): download the file again',
              ]
            : ['51, 53, 54, 55 or 56, then 4c 3d 1e', undefined];
  return new NorbFileError({
    file,
    offset: 0,
    found: `the first four bytes are ${words}`,
    expected,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/**
 * Returns the header of a `.mat` file, byte for byte as in the original files: 20 bytes for up to
 * three dimensions, plus 4 for each further one.
 *
 * @throws RangeError unless the shape is 1 to 8 whole numbers from 1 to 2^31 - 1
 */
export function encodeMatHeader(dtype: MatType, shape: readonly number[]): Bytes {
  const sound = shape.every(
    (length) => Number.isInteger(length) && length >= 1 && length < 2 ** 31,
  );
  if (!sound || shape.length < 1 || shape.length > MOST_DIMENSIONS) {
    throw argumentError(
      `encodeMatHeader: shape is [${shape.join(', ')}], expected 1 to ${MOST_DIMENSIONS} whole ` +
        'numbers from 1 to 2^31 - 1',
    );
  }
  const words = [magicOf(dtype), shape.length, ...shape];
  while (words.length < 2 + LEAST_STORED) words.push(1);
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setInt32(4 * i, word, true));
  return bytes;
}

function magicOf(dtype: MatType): number {
  return Number(Object.entries(MAGICS).find(([, type]) => type.dtype === dtype)?.[0]);
}
