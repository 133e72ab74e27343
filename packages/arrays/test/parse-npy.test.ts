import { expect, test } from 'vitest';
import { ArrayFileError, parseNpy } from '../src/index.ts';
import { numpyFile } from './numpy-files.ts';

/** The numbers of each type that fixtures/make_fixtures.py wrote, in rows of three. */
const NUMBERS = {
  b1: Uint8Array.of(0, 1, 1, 0, 0, 1),
  u1: Uint8Array.of(0, 1, 2, 127, 128, 255),
  u2: Uint16Array.of(0, 1, 2, 32767, 32768, 65535),
  u4: Uint32Array.of(0, 1, 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
  u8: BigUint64Array.of(0n, 1n, 2n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n),
  i1: Int8Array.of(0, 1, -1, 5, 127, -128),
  i2: Int16Array.of(0, 1, -1, 300, 32767, -32768),
  i4: Int32Array.of(0, 1, -1, 70000, 2 ** 31 - 1, -(2 ** 31)),
  i8: BigInt64Array.of(0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)),
  f2: Float32Array.of(0, -0.5, 1, 65504, 2 ** -24, 0.333251953125),
  f4: Float32Array.of(0, -0.5, 1, 3.0e38, 2 ** -149, 0.1),
  f8: Float64Array.of(0, -0.5, 1, 1e308, 5e-324, 0.1),
};

test.for(Object.entries(NUMBERS))(
  'NumPy’s %s is read in both byte orders and in C and Fortran order',
  ([code, numbers]) => {
    for (const order of ['C', 'F']) {
      for (const end of ['<', '>']) {
        const found = parseNpy(numpyFile(`${end}${code} ${order}`), 'x.npy');
        expect(found.shape).toEqual([2, 3]);
        expect(found.data).toEqual(numbers);
      }
    }
  },
);

test('the numbers of three dimensions come in C order from either order', () => {
  const expected = Int32Array.from({ length: 24 }, (_, i) => i);
  for (const order of ['C', 'F']) {
    const found = parseNpy(numpyFile(`cube ${order}`), 'x.npy');
    expect(found).toEqual({ dtype: 'int32', shape: [2, 3, 4], data: expected });
  }
});

test('every version of the format is read', () => {
  for (const version of [1, 2, 3])
    expect(parseNpy(numpyFile(`version ${version}`), 'x.npy').data).toEqual(Int16Array.of(0, 1, 2));
});

test('arrays of no dimension, of none and of one are read', () => {
  const read = (name: string): unknown => parseNpy(numpyFile(name), 'x.npy');
  expect(read('scalar')).toEqual({ dtype: 'float64', shape: [], data: Float64Array.of(7.5) });
  expect(read('empty')).toEqual({ dtype: 'float64', shape: [0, 3], data: new Float64Array(0) });
  expect(read('list')).toEqual({ dtype: 'float64', shape: [3], data: Float64Array.of(0, 1, 2) });
});

test('a file that begins anywhere in a buffer is read', () => {
  const file = numpyFile('>f8 F');
  for (let offset = 0; offset < 8; offset++) {
    const bytes = new Uint8Array(file.length + offset).subarray(offset);
    bytes.set(file);
    expect(parseNpy(bytes, 'x.npy').data).toEqual(NUMBERS.f8);
  }
});

test('float16 has its infinities, NaN, subnormal numbers and signs', () => {
  const file = numpyFile('<f2 C');
  // 2 bytes each, after the header of 128 bytes: IEEE 754's own examples of binary16.
  new Uint16Array(file.buffer, file.byteOffset + 128).set([
    0x7c00, 0xfc00, 0x7e00, 0x8001, 0x8000, 0x0400,
  ]);
  expect(parseNpy(file, 'x.npy').data).toEqual(
    Float32Array.of(Infinity, -Infinity, NaN, -(2 ** -24), -0, 2 ** -14),
  );
});

const REFUSED: readonly [file: string, message: string][] = [
  [
    'text',
    'holds texts (<U2), expected booleans, integers or floats of 16 to 64 bits: number them',
  ],
  ['bytes', 'holds byte strings (|S2)'],
  ['complex', 'holds complex numbers (<c16)'],
  ['date', 'holds dates (<M8[D])'],
  ['records', 'holds records (records)'],
  ['object', 'holds Python objects (|O)'],
  ['long double', 'holds floats of another size (<f16)'],
];

test.for(REFUSED)('an array of another kind is an error with the remedy: %s', ([file, message]) => {
  expect(() => parseNpy(numpyFile(file), 'x.npy')).toThrow(message);
  expect(() => parseNpy(numpyFile(file), 'x.npy')).toThrow(ArrayFileError);
});

/** A file with this dict and number of bytes after it. */
function fileOf(dict: string, length: number, major = 1): Uint8Array {
  const text = Buffer.from(dict);
  const head = major === 1 ? 10 : 12;
  const bytes = new Uint8Array(head + text.length + length);
  bytes.set([0x93, ...Buffer.from('NUMPY'), major, 0, text.length & 255, text.length >> 8]);
  bytes.set(text, head);
  return bytes;
}

test('entries may come in any order, with double quotes and with whole numbers of Python 2', () => {
  const dict = '{"shape": (2L, 1L), "fortran_order": False, "descr": "|u1"}';
  expect(parseNpy(fileOf(dict, 2), 'x.npy').shape).toEqual([2, 1]);
});

const sound = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

test.for([
  [new Uint8Array(0), 'the file is empty, expected 93 4e 55 4d 50 59'],
  [Buffer.from('a,b\n1,2\n'), 'the first bytes are 61 2c 62 0a 31 2c, expected 93 4e'],
  [fileOf(sound, 8).subarray(0, 7), 'the file ends within its header, after 7 bytes'],
  [fileOf(sound, 8).subarray(0, 30), 'the file ends within its header, after 30 bytes'],
  [fileOf(sound, 7), 'the file has 74 bytes, expected 75, for float32 of shape (2)'],
  [fileOf(sound, 9), 'the file has 76 bytes, expected 75'],
  [fileOf(sound, 8, 4), "the format's version is 4, expected 1, 2 or 3"],
  [fileOf(sound.replace('(2,)', '(-2,)'), 8), 'expected a dict of descr, fortran_order and shape'],
  [fileOf(sound.replace('2,', '2, 9007199254740993'), 8), 'a product below 2^53'],
  [fileOf(sound.replace('2,', '9, '.repeat(65)), 8), 'up to 64 whole numbers'],
  [fileOf(sound.replace("'descr'", "'other'"), 8), 'expected a dict of descr'],
  [fileOf(`${sound} x`, 8), 'expected a dict of descr'],
  [fileOf(sound.padEnd(10_001), 8), 'the header has 10001 bytes, expected at most 10000'],
] as const)('a bad file is one line with what was expected: %#', ([bytes, message]) => {
  expect(() => parseNpy(bytes, 'x.npy')).toThrow(ArrayFileError);
  expect(() => parseNpy(bytes, 'x.npy')).toThrow(/^x[.]npy: .+: .+$/);
  expect(() => parseNpy(bytes, 'x.npy')).toThrow(message);
});

test('a boolean that is neither 0 nor 1 is an error', () => {
  const dict = "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }";
  const bytes = fileOf(dict, 2);
  bytes[bytes.length - 1] = 2;
  expect(() => parseNpy(bytes, 'x.npy')).toThrow('boolean 1 is 2, expected 0 or 1');
});

test('a shape that promises more than the file has allocates nothing', () => {
  const dict = "{'descr': '<f8', 'fortran_order': True, 'shape': (1000000000, 1000000), }";
  expect(() => parseNpy(fileOf(dict, 8), 'x.npy')).toThrow('expected 8000000000000083');
});
