import { argumentError, type Bytes } from '@deepbelief/checks';
import { IdxError } from './idx-error.ts';

/** The array for each number type of idx files. */
export interface IdxArrays {
  uint8: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** The content of an idx file, with numbers in C order (the last index runs fastest). */
export type IdxArray = IdxArrayOf<keyof IdxArrays>;

export type IdxArrayOf<D extends keyof IdxArrays> = {
  [T in D]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: IdxArrays[T] };
}[D];

const TYPES = {
  0x08: { dtype: 'uint8', bytes: 1 },
  0x09: { dtype: 'int8', bytes: 1 },
  0x0b: { dtype: 'int16', bytes: 2 },
  0x0c: { dtype: 'int32', bytes: 4 },
  0x0d: { dtype: 'float32', bytes: 4 },
  0x0e: { dtype: 'float64', bytes: 8 },
} as const;

interface IdxHeader {
  readonly type: (typeof TYPES)[keyof typeof TYPES];
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly start: number;
  /**
   * The length of the whole file. Beyond 2^53 it is only approximate, but still longer than any
   * file.
   */
  readonly length: number;
}

/**
 * Parses an idx file: two zero bytes, a type byte, the number of dimensions, each dimension as a
 * big-endian 32-bit word, then big-endian numbers. (MNIST's magic numbers are 2051, bytes in three
 * dimensions, and 2049, bytes in one.) The file's length is checked before anything is allocated.
 * Bytes are not copied: the result is a view of the file.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", "file
 * formats".
 *
 * @param bytes the uncompressed file; `readIdx` also accepts gzip
 * @param name the file's name, for messages
 * @throws IdxError for a file that is empty, truncated or longer than its dimensions say, has
 *   another magic number or type, or has no dimension or an empty one
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const header = idxHeader(bytes, name);
  if (header === undefined) {
    throw new IdxError(
      name,
      `the file ends within its header, after ${bytes.length} bytes`,
      'the whole header',
    );
  }
  const { type, shape, start, length } = header;
  if (bytes.length !== length) {
    const expected = `${length}, for ${type.dtype} of shape [${shape.join(', ')}]`;
    throw new IdxError(name, `the file has ${bytes.length} bytes`, expected);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length - start);
  const count = (length - start) / type.bytes;
  const read: { readonly [T in keyof IdxArrays]: () => IdxArrays[T] } = {
    uint8: () => bytes.subarray(start),
    int8: () => new Int8Array(view.buffer, view.byteOffset, count),
    int16: () => Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i)),
    int32: () => Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i)),
    float32: () => Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i)),
    float64: () => Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i)),
  };
  const arrayOf = <T extends keyof IdxArrays>(dtype: T): IdxArrayOf<T> => ({
    dtype,
    shape,
    data: read[dtype](),
  });
  return arrayOf(type.dtype);
}

/**
 * Returns the bytes of an idx file.
 *
 * @throws RangeError unless the shape is 1 to 255 whole numbers from 1 to 2^32 - 1 with the data's
 *   length as their product
 */
export function encodeIdx({ dtype, shape, data }: IdxArray): Bytes {
  const sound = shape.every((size) => Number.isInteger(size) && size >= 1 && size < 2 ** 32);
  const product = shape.reduce((count, size) => count * size, 1);
  if (shape.length < 1 || shape.length > 255 || !sound || product !== data.length) {
    throw argumentError(
      `encodeIdx: shape is [${shape.join(', ')}] for ${data.length} numbers, expected 1 to 255 ` +
        'whole numbers of 1 or more with that product',
    );
  }
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, codeOf(dtype), shape.length]);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  const put = {
    uint8: (at: number, value: number) => view.setUint8(at, value),
    int8: (at: number, value: number) => view.setInt8(at, value),
    int16: (at: number, value: number) => view.setInt16(at, value),
    int32: (at: number, value: number) => view.setInt32(at, value),
    float32: (at: number, value: number) => view.setFloat32(at, value),
    float64: (at: number, value: number) => view.setFloat64(at, value),
  }[dtype];
  for (let i = 0; i < data.length; i++) put(start + i * data.BYTES_PER_ELEMENT, data[i]!);
  return bytes;
}

/** Reads the header at the start of an idx file; undefined while there are too few bytes. */
export function idxHeader(bytes: Uint8Array, name: string): IdxHeader | undefined {
  if (bytes.length < 4) return undefined;
  const [zero = 0, zeroToo = 0, code = 0, dimensions = 0] = bytes;
  const type = Object.entries(TYPES).find(([known]) => Number(known) === code)?.[1];
  if (zero !== 0 || zeroToo !== 0 || type === undefined || dimensions === 0) {
    const magic = [zero, zeroToo, code, dimensions]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ');
    const expected =
      '00 00, a type of 08, 09, 0b, 0c, 0d or 0e, and a number of dimensions of 1 or more';
    throw new IdxError(name, `the first four bytes are ${magic}`, expected);
  }
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (shape.includes(0))
    throw new IdxError(name, `the dimensions are [${shape.join(', ')}]`, '1 or more of each');
  return {
    type,
    shape,
    start,
    length: start + shape.reduce((count, size) => count * size, type.bytes),
  };
}

function codeOf(dtype: keyof IdxArrays): number {
  return Number(Object.entries(TYPES).find(([, type]) => type.dtype === dtype)?.[0]);
}
