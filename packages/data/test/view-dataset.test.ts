import * as tf from '@tensorflow/tfjs-core';
import { randomKey, randomWords } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { indexedDataset, inMemoryDataset, subset, viewDataset, type View } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const inMemory = inMemoryDataset({
  name: 'six',
  inputs: Float32Array.from({ length: 12 }, (_, i) => i),
  shape: [2],
});

/** The same, whose owner gives tensors alone. */
const asTensors = indexedDataset({
  name: 'six',
  shape: [2],
  size: 6,
  inputsAt: (places) =>
    tf.tensor2d(
      Array.from(places, (place) => [2 * place, 2 * place + 1]),
      [places.length, 2],
      'int32',
    ),
});

/** The first value of each example, and the key's first word. */
const view: View = (values, key) => {
  const word = key === undefined ? -1 : randomWords(key, 1)[0]! % 1000;
  const kept = [...values].filter((_, i) => i % 2 === 0);
  return tf.tensor2d(
    kept.map((value) => [value, word]),
    [kept.length, 2],
  );
};

test.each([
  ['in memory', inMemory],
  ['as tensors', asTensors],
  ['of a subset', subset(inMemory, [0, 1, 2, 3, 4, 5], 'six')],
])('views %s: in order without a key, shuffled and other ones with one', async (_, examples) => {
  const data = viewDataset({ examples, view, shape: [2] });
  expect([data.name, data.size, data.shape]).toEqual(['six', 6, [2]]);
  expect((await rows(data, { size: 4 })).inputs).toEqual([
    [0, 2, 4, 6].map((value) => [value, -1]),
    [8, 10].map((value) => [value, -1]),
  ]);
  const key = randomKey(1);
  const { inputs } = await rows(data, { size: 2, key });
  expect((await rows(data, { size: 2, key, start: 1 })).inputs).toEqual(inputs.slice(1));
  expect(
    inputs.flatMap((batch) => batch.map(([first]) => first)).toSorted((a, b) => a! - b!),
  ).toEqual([0, 2, 4, 6, 8, 10]);
  // The same examples, in the same order, as a pass through the dataset itself.
  const plain = (await rows(inMemory, { size: 2, key })).inputs;
  expect(inputs.map((batch) => batch.map(([first]) => first))).toEqual(
    plain.map((batch) => batch.map(([first]) => first)),
  );
  expect(new Set(inputs.flatMap((batch) => batch.map(([, word]) => word))).size).toBe(3);
});

test('a view of another shape is an error and leaks nothing', async () => {
  for (const examples of [inMemory, asTensors]) {
    await expect(rows(viewDataset({ examples, view, shape: [3] }))).rejects.toThrow(
      'six: inputs have shape [6, 2], expected [6, 3]',
    );
  }
});
