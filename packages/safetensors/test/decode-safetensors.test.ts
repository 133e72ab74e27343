import { expect, test } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type SafetensorsFile,
} from '../src/index.ts';
import { newDtypesBytes, newDtypesFile, referenceBytes, referenceFile } from './reference-file.ts';

/** A file with this header, unpadded, and `length` bytes of data. */
function fileOf(header: string | Uint8Array, dataLength = 0, headerLength?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, headerLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

test('reads what the reference implementation wrote', () => {
  expect(decodeSafetensors(referenceBytes, 'reference')).toEqual(referenceFile);
  expect(decodeSafetensors(newDtypesBytes, 'reference')).toEqual(newDtypesFile);
});

test('reads every dtype back', () => {
  const file: SafetensorsFile = {
    tensors: {
      F64: { dtype: 'F64', shape: [2], data: new Float64Array([NaN, -Infinity]) },
      F32: { dtype: 'F32', shape: [1, 2], data: new Float32Array([-0, 1e-45]) },
      I64: { dtype: 'I64', shape: [1], data: new BigInt64Array([-(2n ** 63n)]) },
      U64: { dtype: 'U64', shape: [1], data: new BigUint64Array([2n ** 64n - 1n]) },
      I32: { dtype: 'I32', shape: [1], data: new Int32Array([-(2 ** 31)]) },
      U32: { dtype: 'U32', shape: [1], data: new Uint32Array([2 ** 32 - 1]) },
      I16: { dtype: 'I16', shape: [1], data: new Int16Array([-32768]) },
      U16: { dtype: 'U16', shape: [1], data: new Uint16Array([65535]) },
      F16: { dtype: 'F16', shape: [1], data: new Uint16Array([0x3c00]) },
      BF16: { dtype: 'BF16', shape: [1], data: new Uint16Array([0x3f80]) },
      I8: { dtype: 'I8', shape: [1], data: new Int8Array([-128]) },
      U8: { dtype: 'U8', shape: [1], data: new Uint8Array([255]) },
      C64: { dtype: 'C64', shape: [1], data: new Float32Array([1, -2]) },
      F8_E8M0: { dtype: 'F8_E8M0', shape: [1], data: new Uint8Array([0x7f]) },
      F8_E4M3FNUZ: { dtype: 'F8_E4M3FNUZ', shape: [1], data: new Uint8Array([0x40]) },
      F8_E5M2FNUZ: { dtype: 'F8_E5M2FNUZ', shape: [1], data: new Uint8Array([0x40]) },
      F6_E2M3: { dtype: 'F6_E2M3', shape: [4], data: new Uint8Array([1, 2, 3]) },
      F6_E3M2: { dtype: 'F6_E3M2', shape: [2, 2], data: new Uint8Array([4, 5, 6]) },
      F4: { dtype: 'F4', shape: [4], data: new Uint8Array([0x21, 0x43]) },
      F8_E5M2: { dtype: 'F8_E5M2', shape: [1], data: new Uint8Array([0x3c]) },
      F8_E4M3: { dtype: 'F8_E4M3', shape: [1], data: new Uint8Array([0x38]) },
      BOOL: { dtype: 'BOOL', shape: [2], data: new Uint8Array([0, 1]) },
    },
  };
  const { digest, ...decoded } = decodeSafetensors(encodeSafetensors(file), 'all');
  expect(decoded).toEqual({ ...file, metadata: {} });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test('reads names with a meaning in JavaScript as plain names', () => {
  const tensors = Object.fromEntries(
    ['__proto__', 'constructor', '0', '', 'Gewicht ß 😀'].map((name) => [
      name,
      { dtype: 'F32' as const, shape: [1], data: new Float32Array(1) },
    ]),
  );
  const decoded = decodeSafetensors(encodeSafetensors({ tensors }), 'names');
  expect(Object.keys(decoded.tensors).toSorted()).toEqual(Object.keys(tensors).toSorted());
});

test('reads a file at an odd offset in a buffer, and copies it', () => {
  const buffer = new Uint8Array(referenceBytes.length + 3);
  buffer.set(referenceBytes, 3);
  const decoded = decodeSafetensors(buffer.subarray(3), 'odd');
  buffer.fill(0);
  expect(decoded).toEqual(referenceFile);
});

const tensor = (range: string, shape = '[1]', dtype = '"F32"'): string =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${range}}`;

const refused: [string, Uint8Array, RegExp][] = [
  ['an empty file', new Uint8Array(0), /^file: the file is 0 bytes long, expected at least 8/],
  ['a file of zeros', new Uint8Array(64), /first byte is missing, expected 123/],
  [
    'a header longer than the file',
    fileOf('{}', 0, 3n),
    /header length is 3, expected at most the 2 bytes/,
  ],
  [
    'a header above 100 MB',
    fileOf('{}', 0, 100_000_001n),
    /header length is 100000001, expected at most 100000000/,
  ],
  [
    'a header length of 2^64 - 1',
    fileOf('{}', 0, 2n ** 64n - 1n),
    /header length is 18446744073709551615/,
  ],
  ['a header that does not open with a brace', fileOf(' {}'), /first byte is 32, expected 123/],
  [
    'a header with broken UTF-8',
    fileOf(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    /header is not UTF-8/,
  ],
  ['a header with broken JSON', fileOf('{"a":'), /header is not valid JSON/],
  [
    'nesting a million deep',
    fileOf(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`),
    /header is nested 1000001 deep, expected at most 3/,
  ],
  [
    'two tensors with one name',
    fileOf(`{"a":${tensor('[0,0]', '[0]')},"a":${tensor('[0,0]', '[0]')}}`),
    /key "a" is there twice/,
  ],
  [
    'one name spelled in two ways',
    fileOf(`{"a":${tensor('[0,0]', '[0]')},"\\u0061" :${tensor('[0,0]', '[0]')}}`),
    /key "a" is there twice/,
  ],
  [
    'two shapes for one tensor',
    fileOf('{"a":{"dtype":"U8","shape":[1],"shape":[0],"data_offsets":[0,0]}}'),
    /key "shape" is there twice/,
  ],
  [
    'metadata that is not an object',
    fileOf('{"__metadata__":["a"]}'),
    /__metadata__ is \["a"\], expected an object/,
  ],
  [
    'metadata that is not strings',
    fileOf('{"__metadata__":{"epoch":3}}'),
    /__metadata__ "epoch" is 3, expected a string/,
  ],
  ['a tensor that is not an object', fileOf('{"a":null}'), /tensor "a" is null/],
  [
    'an unknown dtype',
    fileOf(`{"a":${tensor('[0,4]', '[1]', '"F31"')}}`, 4),
    /tensor "a": dtype is "F31", expected one of/,
  ],
  [
    'no dtype',
    fileOf('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4),
    /tensor "a": dtype is missing/,
  ],
  ['a negative size', fileOf(`{"a":${tensor('[0,4]', '[-1]')}}`, 4), /tensor "a": shape is \[-1\]/],
  ['a broken size', fileOf(`{"a":${tensor('[0,4]', '[1.5]')}}`, 4), /tensor "a": shape is \[1.5\]/],
  [
    'a size with a decimal point',
    fileOf(`{"a":${tensor('[0,16]', '[4.0]')}}`, 16),
    /a number in the header is 4.0, expected only digits/,
  ],
  [
    'a size with an exponent',
    fileOf(`{"a":${tensor('[0,40]', '[1e1]')}}`, 40),
    /is 1e1, expected only digits/,
  ],
  [
    'a size of minus zero',
    fileOf(`{"a":${tensor('[0,0]', '[-0]')}}`),
    /is -0, expected only digits/,
  ],
  [
    'an offset with a decimal point',
    fileOf(`{"a":${tensor('[0,4.0]')}}`, 4),
    /is 4.0, expected only digits/,
  ],
  [
    'half-byte elements that do not fill the last byte',
    fileOf(`{"a":${tensor('[0,2]', '[3]', '"F4"')}}`, 2),
    /tensor "a": shape is \[3\], which ends within a byte, expected whole bytes of F4/,
  ],
  [
    'one offset',
    fileOf(`{"a":${tensor('[4]')}}`, 4),
    /tensor "a": data_offsets is \[4\], expected two/,
  ],
  [
    'offsets in the wrong order',
    fileOf(`{"a":${tensor('[4,0]')}}`, 4),
    /data_offsets is \[4,0\], -4 bytes/,
  ],
  [
    'a range whose size differs from the shape',
    fileOf(`{"a":${tensor('[0,8]')}}`, 8),
    /8 bytes, expected 4 bytes, for F32/,
  ],
  [
    'a shape whose product exceeds 2^64',
    fileOf(`{"a":${tensor('[0,0]', '[4294967296,4294967296,4]')}}`),
    /expected 2951479051793528\d* bytes/,
  ],
  [
    'a shape whose product exceeds 10^308',
    fileOf(`{"a":${tensor('[0,0]', `[${Array(40).fill('1e15').join()}]`)}}`),
    /expected Infinity bytes/,
  ],
  [
    'an extra key',
    fileOf('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"order":"F"}}'),
    /extra key is "order"/,
  ],
  [
    'a name that would break the line or control a terminal, which the message shows as numbers',
    fileOf('{"a\u2028\u009b":"b\u2029"}'),
    /tensor "a\\u2028\\u009b" is "b\\u2029", expected an object/,
  ],
  [
    'a range that leaves the file',
    fileOf(`{"a":${tensor('[0,4]')}}`, 3),
    /expected it to end within the 3 bytes of data/,
  ],
  [
    'ranges that overlap',
    fileOf(`{"a":${tensor('[0,4]')},"b":${tensor('[2,6]')}}`, 6),
    /tensor "b".*overlapping/,
  ],
  [
    'two tensors in one range',
    fileOf(`{"a":${tensor('[0,4]')},"b":${tensor('[0,4]')}}`, 4),
    /overlapping/,
  ],
  [
    'a gap between tensors',
    fileOf(`{"a":${tensor('[0,4]')},"b":${tensor('[5,9]')}}`, 9),
    /tensor "b".*leaving a gap/,
  ],
  ['a gap at the start', fileOf(`{"a":${tensor('[1,5]')}}`, 5), /tensor "a".*leaving a gap/],
  [
    'bytes that belong to no tensor',
    fileOf(`{"a":${tensor('[0,4]')}}`, 5),
    /the data is 5 bytes long, expected the tensors' 4 bytes/,
  ],
];

test.each(refused)('refuses %s', (_, bytes, message) => {
  const decode = (): unknown => decodeSafetensors(bytes, 'file');
  expect(decode).toThrow(SafetensorsError);
  expect(decode).toThrow(message);
  expect(decode).toThrow(/^[^\n]{1,400}$/);
});

test('an error gives the file, the place, what was found and what was expected', () => {
  expect(() => decodeSafetensors(new Uint8Array(3), 'model.safetensors')).toThrow(
    expect.objectContaining({
      name: 'SafetensorsError',
      file: 'model.safetensors',
      where: 'the file',
      found: '3 bytes long',
      expected: 'at least 8, the header length',
    }),
  );
});
