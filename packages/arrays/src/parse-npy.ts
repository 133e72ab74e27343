import { halfFloats } from '@deepbelief/safetensors';
import { ArrayFileError } from './array-file-error.ts';
import { npyHeader, type NpyHeader } from './npy-header.ts';
import { elementCount, numericArray, type NumericArray } from './numeric-array.ts';

const LITTLE_ENDIAN_HOST = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Parses an NPY file as NumPy writes it: versions 1 to 3, C or Fortran order, either byte order,
 * booleans, integers of 8 to 64 bits, floats of 16 to 64. float16 becomes float32, which holds each
 * exactly; integers of 64 bits stay BigInts. The file's length is checked before anything is
 * allocated. Numbers that need no conversion are not copied: the result is a view of the file.
 *
 * Source: numpy.lib.format, "Format Version 1.0" to "3.0", numpy.org/doc/stable/reference.
 *
 * @param name the file's name, for messages
 * @throws ArrayFileError for a file that is truncated or longer than its shape says, has a header
 *   that is not sound, or holds anything but numbers
 */
export function parseNpy(bytes: Uint8Array, name: string): NumericArray {
  const header = npyHeader(bytes, name);
  checkNpyLength(header, bytes.length, name);
  return npyNumbers(bytes.subarray(header.start), header, name);
}

/** Throws an ArrayFileError unless a file of so many bytes holds just what its header says. */
export function checkNpyLength(
  { start, bytes, dtype, shape }: NpyHeader,
  found: number,
  name: string,
): void {
  const length = start + elementCount(shape) * bytes;
  if (found === length) return;
  const expected = `${length}, for ${dtype} of shape (${shape.join(', ')})`;
  throw new ArrayFileError(name, `the file has ${found} bytes`, expected);
}

/** Turns the bytes of an NPY file's numbers, or of some of its rows, into an array. */
export function npyNumbers(
  bytes: Uint8Array,
  { dtype, shape, bytes: width, bigEndian, fortran }: Omit<NpyHeader, 'start'>,
  name: string,
): NumericArray {
  let numbers = bytes;
  if (width > 1 && bigEndian === LITTLE_ENDIAN_HOST) numbers = reversed(numbers, width);
  if (fortran && shape.length > 1) numbers = inRows(numbers, shape, width);
  if (numbers.byteOffset % width !== 0) numbers = numbers.slice();
  if (dtype === 'float16') {
    const bits = numericArray('uint16', shape, numbers).data;
    return { dtype: 'float32', shape, data: halfFloats(bits) };
  }
  if (dtype === 'bool') checkBooleans(numbers, name);
  return numericArray(dtype, shape, numbers);
}

function checkBooleans(numbers: Uint8Array, name: string): void {
  const bad = numbers.findIndex((byte) => byte > 1);
  if (bad === -1) return;
  throw new ArrayFileError(name, `boolean ${bad} is ${numbers[bad]}`, '0 or 1');
}

/** The bytes of each number in the other order. */
function reversed(bytes: Uint8Array, width: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += width)
    for (let i = 0; i < width; i++) result[at + i] = bytes[at + width - 1 - i]!;
  return result;
}

/** Numbers of which the first index runs fastest, so that the last one does. */
function inRows(bytes: Uint8Array, shape: readonly number[], width: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  const steps = shape.map((_, axis) => width * elementCount(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < bytes.length; to += width) {
    for (let i = 0; i < width; i++) result[to + i] = bytes[from + i]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
