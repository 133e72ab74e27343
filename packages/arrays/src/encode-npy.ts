import { argumentError, shown, type Bytes } from '@deepbelief/checks';
import { elementCount, NUMERIC_ARRAYS, type NumericArray } from './numeric-array.ts';

/** NumPy's codes of number types. */
const CODES: { readonly [D in NumericArray['dtype']]: string } = {
  bool: '|b1',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u8',
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<i8',
  float32: '<f4',
  float64: '<f8',
};

/** NumPy begins the numbers at a multiple of this. */
const ALIGNMENT = 64;

/**
 * Returns the bytes of an NPY file, version 1.0, as `numpy.save` writes it: C order, little endian.
 *
 * @throws RangeError unless the shape is whole numbers with the data's length as their product, and
 *   the data an array of that number type
 */
export function encodeNpy({ dtype, shape, data }: NumericArray): Bytes {
  if (!Object.hasOwn(CODES, dtype)) {
    const expected = `one of ${Object.keys(CODES).join(', ')}`;
    throw argumentError(`encodeNpy: dtype is ${shown(dtype)}, expected ${expected}`);
  }
  const { name } = NUMERIC_ARRAYS[dtype];
  if (Object.prototype.toString.call(data) !== `[object ${name}]`)
    throw argumentError(`encodeNpy: data is ${shown(data)}, expected a ${name} for ${dtype}`);
  const sound = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sound || elementCount(shape) !== data.length) {
    throw argumentError(
      `encodeNpy: shape is [${shape.join(', ')}] for ${data.length} numbers, expected whole ` +
        'numbers with that product',
    );
  }
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${CODES[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((10 + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set([0x93, ...asciiBytes('NUMPY'), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, start - 10, true);
  bytes.set(asciiBytes(`${dict.padEnd(start - 11)}\n`), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

function asciiBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
