import { expect, test } from 'vitest';
import { encodeMatHeader, parseMatHeader } from '../src/mat-header.ts';
import { encodeMat, parseMat, type MatArray } from '../src/mat.ts';
import { NorbFileError } from '../src/norb-file-error.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('headers have the bytes shown on the NORB page', () => {
  // "The NORB dataset", File Format: od -t x1 of the small set's dat and cat.
  expect(hex(encodeMatHeader('uint8', [24300, 2, 96, 96]))).toBe(
    '554c3d1e04000000ec5e0000020000006000000060000000',
  );
  expect(hex(encodeMatHeader('int32', [24300]))).toBe('544c3d1e01000000ec5e00000100000001000000');
});

test.each([
  ['big dat', 'uint8', [29160, 2, 108, 108], 24, 680_244_504],
  ['big cat', 'int32', [29160], 20, 116_660],
  ['big info', 'int32', [29160, 10], 20, 1_166_420],
  ['small dat', 'uint8', [24300, 2, 96, 96], 24, 447_897_624],
  ['small cat', 'int32', [24300], 20, 97_220],
  ['small info', 'int32', [24300, 4], 20, 388_820],
] as const)('%s has its published header length and size', (_, dtype, shape, start, length) => {
  expect(parseMatHeader(encodeMatHeader(dtype, shape), 'file')).toMatchObject({
    dtype,
    shape,
    start,
    length,
  });
});

const examples: readonly [magic: string, array: MatArray, body: string][] = [
  ['51', { dtype: 'float32', shape: [2], data: Float32Array.of(1, -0.5) }, '0000803f000000bf'],
  ['53', { dtype: 'float64', shape: [1, 1], data: Float64Array.of(-2) }, '00000000000000c0'],
  ['54', { dtype: 'int32', shape: [1, 2, 1], data: Int32Array.of(-1, 258) }, 'ffffffff02010000'],
  ['55', { dtype: 'uint8', shape: [1, 1, 1, 3], data: Uint8Array.of(0, 7, 255) }, '0007ff'],
  ['56', { dtype: 'int16', shape: [2, 1, 1, 1, 1], data: Int16Array.of(-2, 513) }, 'feff0102'],
];

test.each(examples)('magic %s: known bytes are read and written', (magic, array, body) => {
  const bytes = encodeMat(array);
  const dimensions = [...array.shape, 1, 1, 1].slice(0, Math.max(3, array.shape.length));
  const words = [array.shape.length, ...dimensions].map((n) => `0${n}000000`).join('');
  expect(hex(bytes)).toBe(`${magic}4c3d1e${words}${body}`);
  expect(parseMat(bytes, 'file')).toEqual(array);
});

test('numbers are read at odd offsets', () => {
  const bytes = encodeMat({ dtype: 'int32', shape: [2], data: Int32Array.of(5, -6) });
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(parseMat(shifted.subarray(1), 'file').data).toEqual(Int32Array.of(5, -6));
});

const sound = encodeMat({ dtype: 'uint8', shape: [1, 2, 3, 3], data: new Uint8Array(18) });
function changed(offset: number, ...bytes: number[]): Uint8Array {
  const copy = sound.slice();
  copy.set(bytes, offset);
  return copy;
}

test.each([
  ['empty', new Uint8Array(), 0, /ends within its header at byte 0, expected 4 bytes/],
  [
    'cut in the header',
    sound.subarray(0, 20),
    20,
    /ends within its header at byte 20, expected 24 bytes/,
  ],
  [
    'truncated',
    sound.subarray(0, 41),
    41,
    /the file ends at byte 41, expected 42 bytes, for uint8 of shape \[1, 2, 3, 3\]/,
  ],
  [
    'padded',
    Buffer.concat([sound, Buffer.of(0)]),
    42,
    /continues to byte 43 at byte 42, expected 42 bytes/,
  ],
  [
    'big-endian',
    changed(0, 0x1e, 0x3d, 0x4c, 0x55),
    0,
    /first four bytes are 1e 3d 4c 55 .* little-endian/,
  ],
  ['of MATLAB', changed(0, ...Buffer.from('MATLAB')), 0, /4d 41 54 4c .* this is a MATLAB file/],
  ['gzip', changed(0, 0x1f, 0x8b), 0, /is gzipped: name/],
  ['packed', changed(0, 0x52), 0, /packed matrices/],
  ['of another magic', changed(0, 0x57), 0, /57 4c 3d 1e at byte 0, expected 51, 53, 54, 55 or 56/],
  ['of no dimension', changed(4, 0), 4, /number of dimensions is 0 at byte 4, expected 1 to 8/],
  ['of many dimensions', changed(4, 9), 4, /number of dimensions is 9/],
  ['of a zero dimension', changed(12, 0), 12, /dimensions are \[1, 0, 3, 3\] at byte 12/],
  ['of a negative dimension', changed(8, 255, 255, 255, 255), 8, /dimensions are \[-1, 2, 3, 3\]/],
  [
    'of huge dimensions',
    changed(8, 255, 255, 255, 127, 255, 255, 255, 127),
    42,
    /the file ends at byte 42, expected \d+/,
  ],
])(
  'a file that is %s gives a one-line error with its name and the offset',
  (_, bytes, offset, message) => {
    let error: unknown;
    try {
      parseMat(bytes, 'some/file.mat');
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(NorbFileError);
    const fault = error as NorbFileError;
    expect(fault.message).toMatch(message);
    expect(fault.message).toMatch(/^some\/file\.mat: [^\n]+$/);
    expect(fault).toMatchObject({ file: 'some/file.mat', offset });
  },
);

test('shapes that do not fit are refused before writing', () => {
  expect(() => encodeMat({ dtype: 'uint8', shape: [2, 2], data: new Uint8Array(3) })).toThrow(
    /shape is \[2, 2\] for 3/,
  );
  for (const shape of [[], [0], [1.5], [2 ** 31], [1, 1, 1, 1, 1, 1, 1, 1, 1]]) {
    expect(() => encodeMatHeader('uint8', shape)).toThrow(/expected 1 to 8 whole numbers/);
  }
});
