import * as tf from '@tensorflow/tfjs-core';
import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { indexedDataset } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

test('reads only the requested examples', async () => {
  const read: number[] = [];
  const dataset = indexedDataset({
    name: 'disk',
    shape: [1],
    size: 1000,
    inputsAt: async (indices) => {
      read.push(...indices);
      return tf.tensor2d(Float32Array.from(indices), [indices.length, 1]);
    },
  });
  expect((await rows(dataset, { size: 400, start: 2 })).inputs.flat(2)).toEqual(read);
  expect(read).toEqual(Array.from({ length: 200 }, (_, i) => 800 + i));
  const shuffled = (await rows(dataset, { size: 300, key: randomKey(0) })).inputs.flat(2);
  expect(new Set(shuffled).size).toBe(1000);
});

test('a function that returns another shape than promised is an error and leaks nothing', async () => {
  const dataset = indexedDataset({
    name: 'odd',
    shape: [2],
    size: 3,
    inputsAt: () => tf.zeros([3, 1]),
  });
  await expect(rows(dataset)).rejects.toThrow('odd: inputs have shape [3, 1], expected [3, 2]');
});

test.each([0, -1, 1.5, 2 ** 33])('refuses a size of %d', (size) => {
  expect(() =>
    indexedDataset({ name: 'odd', shape: [2], size, inputsAt: () => tf.zeros([3, 1]) }),
  ).toThrow(`odd: size is ${size}, expected a whole number of examples from 1 to 2^32`);
});

test('examples may be read as numbers; an index or a length that does not fit is an error', async () => {
  const numbers = (length: number) =>
    indexedDataset({
      name: 'numbers',
      shape: [2],
      size: 3,
      valuesAt: (indices) => Float32Array.from({ length: length * indices.length }, (_, i) => i),
    });
  const dataset = numbers(2);
  expect((await rows(dataset, { size: 2 })).inputs).toEqual([
    [
      [0, 1],
      [2, 3],
    ],
    [[0, 1]],
  ]);
  expect(await dataset.valuesAt!(Uint32Array.of(2, 0))).toEqual(Float32Array.of(0, 1, 2, 3));
  for (const read of ['inputsAt', 'valuesAt'] as const) {
    await expect(dataset[read]!(Uint32Array.of(3))).rejects.toThrow(
      'numbers: example 3 was requested, expected 0 to 2',
    );
    await expect(numbers(3)[read]!(Uint32Array.of(1))).rejects.toThrow(
      'numbers: valuesAt returned 3 values for 1 examples, expected a Float32Array of 2 values',
    );
  }
});

test('two ways to read examples at once are refused', () => {
  expect(() =>
    indexedDataset({
      name: 'odd',
      shape: [1],
      size: 1,
      inputsAt: () => tf.zeros([1, 1]),
      valuesAt: () => Float32Array.of(0),
    }),
  ).toThrow(
    new RangeError(
      'odd: both of inputsAt and valuesAt are given, expected one function that reads examples',
    ),
  );
});
