import { expect, test } from 'vitest';
import { encodeNpy, parseNpy } from '../src/index.ts';
import { numpyFile } from './numpy-files.ts';

test.for([
  '<u2 C',
  '<u4 C',
  '<u8 C',
  '<i2 C',
  '<i4 C',
  '<i8 C',
  '<f4 C',
  '<f8 C',
  '<b1 C',
  '<u1 C',
  '<i1 C',
  'cube C',
  'scalar',
  'empty',
  'list',
])('the bytes are those that NumPy writes: %s', (name) => {
  const file = numpyFile(name);
  expect(encodeNpy(parseNpy(file, name))).toEqual(file);
});

test('an array that does not fit is an error', () => {
  const array = { dtype: 'float32', shape: [3], data: new Float32Array(2) } as const;
  expect(() => encodeNpy(array)).toThrow('encodeNpy: shape is [3] for 2 numbers');
  expect(() => encodeNpy({ ...array, shape: [2], dtype: 'float64' } as never)).toThrow(
    'expected a Float64Array for float64',
  );
  expect(() => encodeNpy({ ...array, dtype: 'float16' } as never)).toThrow('dtype is "float16"');
});
