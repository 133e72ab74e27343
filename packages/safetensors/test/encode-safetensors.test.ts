import { expect, test } from 'vitest';
import { encodeSafetensors, type SafetensorsFile } from '../src/index.ts';
import { newDtypesBytes, newDtypesFile, referenceBytes, referenceFile } from './reference-file.ts';

test('without a digest gives the bytes of the reference implementation', () => {
  expect(encodeSafetensors(referenceFile, { digest: false })).toEqual(referenceBytes);
  expect(encodeSafetensors(newDtypesFile, { digest: false })).toEqual(newDtypesBytes);
});

test('gives the same bytes whatever the order of tensors and metadata', () => {
  const tensors = Object.entries(referenceFile.tensors);
  const metadata = { b: '2', a: '1' };
  const one = encodeSafetensors({ tensors: Object.fromEntries(tensors), metadata });
  const other = encodeSafetensors({
    tensors: Object.fromEntries(tensors.toReversed()),
    metadata: { a: '1', b: '2' },
  });
  expect(other).toEqual(one);
});

test('aligns the data to 8 bytes', () => {
  for (const name of ['a', 'ab', 'abc', 'abcdefgh']) {
    const bytes = encodeSafetensors({
      tensors: { [name]: { dtype: 'F64', shape: [1], data: new Float64Array(1) } },
    });
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  }
});

test('a view of a larger buffer is written alone', () => {
  const data = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
  const copy = Float32Array.from(data);
  expect(encodeSafetensors({ tensors: { w: { dtype: 'F32', shape: [2], data } } })).toEqual(
    encodeSafetensors({ tensors: { w: { dtype: 'F32', shape: [2], data: copy } } }),
  );
});

const one = new Float32Array(1);
/** A file as callers without types may pass it. */
function untyped(json: string): SafetensorsFile {
  return JSON.parse(json) as SafetensorsFile;
}

const refused: [string, SafetensorsFile, RegExp][] = [
  [
    'data whose length differs from the shape',
    { tensors: { w: { dtype: 'F32', shape: [2, 3], data: one } } },
    /^encodeSafetensors: tensor "w" has 1 elements, expected 6 for F32 of shape \[2, 3\]$/,
  ],
  [
    'an invalid shape',
    { tensors: { w: { dtype: 'F32', shape: [0.5], data: one } } },
    /^encodeSafetensors: tensor "w" has shape \[0.5\], expected whole numbers, 0 or more$/,
  ],
  [
    'the name of the metadata',
    { tensors: { __metadata__: { dtype: 'F32', shape: [1], data: one } } },
    /rename it$/,
  ],
  [
    'half a surrogate pair in a name',
    { tensors: { '\ud800': { dtype: 'F32', shape: [1], data: one } } },
    /rename it$/,
  ],
  [
    'half a surrogate pair in metadata',
    { tensors: {}, metadata: { a: '\udc00' } },
    /expected well-formed text/,
  ],
  [
    'an array whose type differs from the dtype',
    untyped('{"tensors":{"w":{"dtype":"F32","shape":[1],"data":[1]}}}'),
    /expected Float32Array for F32$/,
  ],
  [
    'an unknown dtype',
    untyped('{"tensors":{"w":{"dtype":"F31","shape":[1],"data":[1]}}}'),
    /has dtype "F31", expected one of BOOL, /,
  ],
  [
    'a shape that ends within a byte',
    { tensors: { w: { dtype: 'F4', shape: [3], data: new Uint8Array(2) } } },
    /^encodeSafetensors: tensor "w" has 2 bytes, expected 1.5 for F4 of shape \[3\]$/,
  ],
  [
    'complex numbers without their imaginary parts',
    { tensors: { w: { dtype: 'C64', shape: [1], data: one } } },
    /^encodeSafetensors: tensor "w" has 4 bytes, expected 8 for C64 of shape \[1\]$/,
  ],
  [
    'a digest from the caller',
    { tensors: {}, metadata: { 'deepbelief.digest': 'abc' } },
    /"deepbelief.digest" is "abc", but this function adds the digest: remove it$/,
  ],
  [
    'metadata that is not strings',
    untyped('{"tensors":{},"metadata":{"epoch":3}}'),
    /^encodeSafetensors: metadata "epoch" is 3, expected a string: use JSON.stringify/,
  ],
];

test.each(refused)('refuses %s', (_, file, message) => {
  expect(() => encodeSafetensors(file)).toThrow(RangeError);
  expect(() => encodeSafetensors(file)).toThrow(message);
});
