import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeIdx, IdxError, parseIdx, type IdxArray } from '../src/index.ts';

/** A small file by hand: bytes of shape [2, 3]. */
const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

test('parses bytes', () => {
  expect(parseIdx(bytes, 'file')).toEqual({
    dtype: 'uint8',
    shape: [2, 3],
    data: Uint8Array.of(1, 2, 3, 4, 5, 255),
  });
});

const handmade: [Uint8Array, IdxArray][] = [
  [
    Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 2, 255, 128),
    { dtype: 'int8', shape: [2], data: Int8Array.of(-1, -128) },
  ],
  [
    Uint8Array.of(0, 0, 11, 1, 0, 0, 0, 1, 1, 2),
    { dtype: 'int16', shape: [1], data: Int16Array.of(258) },
  ],
  [
    Uint8Array.of(0, 0, 12, 1, 0, 0, 0, 1, 255, 255, 255, 254),
    { dtype: 'int32', shape: [1], data: Int32Array.of(-2) },
  ],
  [
    Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 1, 0xbf, 0x80, 0, 0),
    { dtype: 'float32', shape: [1], data: Float32Array.of(-1) },
  ],
  [
    Uint8Array.of(0, 0, 14, 1, 0, 0, 0, 1, 0x40, 0x00, 0, 0, 0, 0, 0, 0),
    { dtype: 'float64', shape: [1], data: Float64Array.of(2) },
  ],
];

test.each(handmade)('parses and encodes big-endian numbers: %j', (file, content) => {
  expect(parseIdx(file, 'file')).toEqual(content);
  expect(encodeIdx(content)).toEqual(file);
});

test('parses a file at an odd offset in a buffer', () => {
  for (const [file, content] of handmade)
    expect(parseIdx(Uint8Array.of(7, ...file).subarray(1), 'file')).toEqual(content);
});

const refused: [string, Uint8Array, RegExp][] = [
  [
    'an empty file',
    new Uint8Array(0),
    /^file: the file ends within its header, after 0 bytes, expected the whole header/,
  ],
  [
    'half a header',
    bytes.subarray(0, 11),
    /^file: the file ends within its header, after 11 bytes/,
  ],
  [
    'a cut file',
    bytes.subarray(0, 17),
    /^file: the file has 17 bytes, expected 18, for uint8 of shape \[2, 3\]/,
  ],
  ['bytes after the end', Uint8Array.of(...bytes, 0), /^file: the file has 19 bytes, expected 18/],
  [
    'another magic number',
    Uint8Array.of(0x1e, 0x3d, 0x4c, 0x55),
    /^file: the first four bytes are 1e 3d 4c 55, expected/,
  ],
  [
    'an unknown type',
    Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 1, 0),
    /the first four bytes are 00 00 0a 01/,
  ],
  ['no dimension', Uint8Array.of(0, 0, 8, 0, 0), /the first four bytes are 00 00 08 00/],
  [
    'an empty dimension',
    Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0),
    /the dimensions are \[0\], expected 1 or more/,
  ],
  [
    'dimensions whose product passes 2^64',
    Uint8Array.of(0, 0, 14, 3, ...Array<number>(12).fill(255)),
    /the file has 16 bytes, expected 6\.33825\d*e\+29/,
  ],
  [
    '255 dimensions of 2^32 - 1',
    Uint8Array.of(0, 0, 8, 255, ...Array<number>(1020).fill(255)),
    /expected Infinity/,
  ],
];

test.each(refused)('refuses %s', (_, file, message) => {
  const parse = (): unknown => parseIdx(file, 'file');
  expect(parse).toThrow(IdxError);
  expect(parse).toThrow(message);
  expect(parse).toThrow(/^[^\n]*$/);
});

test.each([[[]], [[2]], [[0]], [[1.5, 2]], [[-3, -1]]])(
  'refuses to encode three numbers of shape %j',
  (shape) => {
    expect(() => encodeIdx({ dtype: 'uint8', shape, data: new Uint8Array(3) })).toThrow(
      /^encodeIdx: shape is .* for 3 numbers, expected 1 to 255 whole numbers/,
    );
  },
);

/** Parses, or throws an IdxError of one line. */
function parsesOrRefuses(file: Uint8Array): void {
  try {
    parseIdx(file, 'fuzz');
  } catch (error) {
    if (!(error instanceof IdxError) || error.message.includes('\n')) throw error;
  }
}

test('random bytes, with and without a valid magic number, parse or are refused', () => {
  const start = fc.constantFrom(
    [],
    [0, 0, 8, 1],
    [0, 0, 8, 2],
    [0, 0, 13, 3, 0, 0, 0, 1],
    [0, 0, 14, 1, 0, 0, 0],
  );
  const file = fc
    .tuple(start, fc.uint8Array({ maxLength: 40 }))
    .map(([head, tail]) => Uint8Array.of(...head, ...tail));
  expect(() =>
    fc.assert(fc.property(file, parsesOrRefuses), { numRuns: 2000, seed: 1 }),
  ).not.toThrow();
});

test('every single flipped bit parses or is refused', () => {
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const file = bytes.slice();
    file[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => parsesOrRefuses(file)).not.toThrow();
  }
});

test('encoded content parses to the same', () => {
  const array = fc
    .float64Array({ minLength: 1 })
    .chain((data) =>
      fc.constantFrom<IdxArray>(
        { dtype: 'float64', shape: [data.length], data },
        { dtype: 'float32', shape: [1, data.length], data: Float32Array.from(data) },
        { dtype: 'int16', shape: [data.length, 1], data: Int16Array.from(data) },
        { dtype: 'uint8', shape: [1, 1, data.length], data: Uint8Array.from(data) },
      ),
    );
  const roundTrip = fc.property(array, (content) => {
    expect(parseIdx(encodeIdx(content), 'file')).toEqual(content);
  });
  fc.assert(roundTrip, { numRuns: 200, seed: 1 });
});
