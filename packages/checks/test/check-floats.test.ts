import '@tensorflow/tfjs-backend-cpu';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { checkFloats, checkNumbers } from '../src/index.ts';

test('a float32 tensor of the shape passes; a name stands for any extent from 1', () => {
  const states = tensor2d([[1, 2, 3]]);
  checkFloats('f', 'states', states, [1, 3]);
  checkFloats('f', 'states', states, ['batch', 3]);
  states.dispose();
});

test('a tensor of a wrong shape or type, or an empty, missing or disposed one, is refused', () => {
  const states = tensor2d([[1, 2, 3]]);
  expect(() => checkFloats('f', 'states', states, [1, 4])).toThrow(
    new RangeError('f: states has shape [1, 3], expected [1, 4]'),
  );
  expect(() => checkFloats('f', 'bias', states, ['units'])).toThrow(
    new RangeError('f: bias has shape [1, 3], expected [units] with units from 1'),
  );
  const empty = tensor2d([], [0, 3]);
  expect(() => checkFloats('f', 'states', empty, ['batch', 3])).toThrow(
    new RangeError('f: states has shape [0, 3], expected [batch, 3] with batch from 1'),
  );
  const integers = tensor2d([[1]], [1, 1], 'int32');
  expect(() => checkFloats('f', 'states', integers, [1, 1])).toThrow(
    new RangeError('f: states is int32, expected float32'),
  );
  expect(() => checkFloats('f', 'states', undefined, ['batch', 3])).toThrow(
    new RangeError('f: states is missing, expected a tensor of shape [batch, 3]'),
  );
  for (const tensor of [states, empty, integers]) tensor.dispose();
  expect(() => checkFloats('f', 'states', states, [1, 3])).toThrow(
    new RangeError('f: states is disposed, expected a tensor that still has values'),
  );
});

test('finite settings pass; missing, unknown and non-finite settings are refused', () => {
  checkNumbers('f', { rate: 1, momentum: -0 }, ['rate', 'momentum']);
  expect(() => checkNumbers('f', { rate: NaN }, ['rate'])).toThrow(
    'f: rate is NaN, expected a finite number',
  );
  expect(() => checkNumbers('f', {}, ['rate'])).toThrow(
    'f: rate is missing, expected a finite number',
  );
  expect(() => checkNumbers('f', { rate: 1, decay: 0 }, ['rate'])).toThrow(
    'f: unknown option decay, expected only rate',
  );
});
