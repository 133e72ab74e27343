import { argumentError, type Bytes } from '@deepbelief/checks';
import {
  encodeMatHeader,
  parseMatHeader,
  type MatArrays,
  type MatHeader,
  type MatType,
} from './mat-header.ts';
import { NorbFileError } from './norb-file-error.ts';

/** The content of a `.mat` file, with numbers in C order (the last index runs fastest). */
export type MatArray = { [T in MatType]: MatArrayOf<T> }[MatType];

export interface MatArrayOf<T extends MatType> {
  readonly dtype: T;
  readonly shape: readonly number[];
  readonly data: MatArrays[T];
}

/**
 * Parses a whole `.mat` file in NORB's format. The length is checked before anything is allocated.
 * Bytes are not copied: the result is a view of the file.
 *
 * @param bytes the uncompressed file
 * @param file the file's name, for messages
 * @throws NorbFileError like `parseMatHeader`, and for a file that is shorter or longer than its
 *   dimensions say
 */
export function parseMat(bytes: Uint8Array, file: string): MatArray {
  const header = parseMatHeader(bytes, file);
  checkLength(bytes.length, header, file);
  const { dtype, shape, start, length, bytesEach } = header;
  const count = (length - start) / bytesEach;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length - start);
  const read: { readonly [T in MatType]: () => MatArrays[T] } = {
    uint8: () => bytes.subarray(start),
    int16: () => Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i, true)),
    int32: () => Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true)),
    float32: () => Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true)),
    float64: () => Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i, true)),
  };
  const arrayOf = <T extends MatType>(type: T): MatArrayOf<T> => ({
    dtype: type,
    shape,
    data: read[type](),
  });
  return arrayOf(dtype) as MatArray;
}

/** Throws a NorbFileError unless a file has the length that its header says. */
export function checkLength(
  found: number,
  { dtype, shape, length }: MatHeader,
  file: string,
): void {
  if (found === length) return;
  throw new NorbFileError({
    file,
    offset: Math.min(found, length),
    found: found < length ? 'the file ends' : `the file continues to byte ${found}`,
    expected: `${length} bytes, for ${dtype} of shape [${shape.join(', ')}]`,
  });
}

/**
 * Returns the bytes of a `.mat` file.
 *
 * @throws RangeError unless the shape is 1 to 8 whole numbers from 1 to 2^31 - 1 with the data's
 *   length as their product
 */
export function encodeMat({ dtype, shape, data }: MatArray): Bytes {
  const header = encodeMatHeader(dtype, shape);
  const product = shape.reduce((count, extent) => count * extent, 1);
  if (product !== data.length) {
    throw argumentError(
      `encodeMat: shape is [${shape.join(', ')}] for ${data.length} numbers, expected a shape ` +
        'with that product',
    );
  }
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(littleEndian(data), header.length);
  return bytes;
}

/** Returns the bytes of numbers, least significant byte first on any machine. */
function littleEndian(data: MatArrays[MatType]): Uint8Array {
  const each = data.BYTES_PER_ELEMENT;
  const own = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (each === 1 || new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return own;
  return Uint8Array.from(own, (_, i) => own[i - (i % each) + each - 1 - (i % each)]!);
}
