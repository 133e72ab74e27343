import { foldKey, permutation, randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { inMemoryDataset, type InMemoryDatasetOptions } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const five = inMemoryDataset({
  name: 'five',
  inputs: Float32Array.from({ length: 10 }, (_, i) => i),
  shape: [1, 2],
  labels: [0, 1, 2, 1, 0],
});

test('without a key, examples come in their own order and the last minibatch holds the rest', async () => {
  expect(await rows(five, { size: 2 })).toEqual({
    inputs: [
      [
        [0, 1],
        [2, 3],
      ],
      [
        [4, 5],
        [6, 7],
      ],
      [[8, 9]],
    ],
    labels: [[0, 1], [2, 1], [0]],
  });
});

test('with a key, examples come in the order of its permutation, each with its label', async () => {
  const key = randomKey(7);
  const order = [...permutation(foldKey(key, 'minibatches'), 5)];
  const { inputs, labels } = await rows(five, { size: 2, key });
  expect(inputs.flat()).toEqual(order.map((i) => [2 * i, 2 * i + 1]));
  expect(labels.flat()).toEqual(order.map((i) => [0, 1, 2, 1, 0][i]));
});

test('the same key gives the same minibatches, another key gives others', async () => {
  const hundred = inMemoryDataset({
    name: 'hundred',
    inputs: Float32Array.from({ length: 100 }, (_, i) => i),
    shape: [1],
  });
  const once = await rows(hundred, { size: 10, key: randomKey(1) });
  expect(await rows(hundred, { size: 10, key: randomKey(1) })).toEqual(once);
  expect(await rows(hundred, { size: 10, key: randomKey(2) })).not.toEqual(once);
});

test('start gives the remaining minibatches', async () => {
  for (const key of [undefined, randomKey(3)]) {
    const options = { size: 2, ...(key && { key }) };
    const all = await rows(five, options);
    for (let start = 0; start <= 3; start++) {
      const rest = await rows(five, { ...options, start });
      expect(rest).toEqual({ inputs: all.inputs.slice(start), labels: all.labels.slice(start) });
    }
  }
});

test('a loop that ends early leaks nothing', async () => {
  for await (const batch of five.batches({ size: 2 })) {
    batch.dispose();
    break;
  }
  expect(five.size).toBe(5);
});

test('bytes become byte / 255 in float32', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const { inputs } = await rows(inMemoryDataset({ name: 'bytes', inputs: bytes, shape: [256] }));
  expect(inputs).toEqual([[Array.from(bytes, (byte) => Math.fround(byte / 255))]]);
});

test('bytes become byte * scale', async () => {
  const dataset = inMemoryDataset({
    name: 'bytes',
    inputs: Uint8Array.of(0, 3, 255),
    shape: [1],
    scale: 0.5,
  });
  expect((await rows(dataset)).inputs).toEqual([[[0], [1.5], [127.5]]]);
});

test('the number of classes is as given, or one more than the largest label', () => {
  expect(five.classes).toBe(3);
  const options = { name: 'two', inputs: new Float32Array(2), shape: [1], labels: [0, 1] };
  expect(inMemoryDataset({ ...options, classes: 10 }).classes).toBe(10);
});

test('a dataset without labels has no classes and yields no labels', async () => {
  const dataset = inMemoryDataset({ name: 'unlabeled', inputs: new Float32Array(2), shape: [1] });
  expect(dataset).not.toHaveProperty('classes');
  expect(dataset).not.toHaveProperty('labels');
  expect((await rows(dataset)).labels).toEqual([]);
});

test('examples can be read by number, in any order', async () => {
  const inputs = await five.inputsAt(Uint32Array.of(4, 0, 4));
  expect(await inputs.array()).toEqual([
    [8, 9],
    [0, 1],
    [8, 9],
  ]);
  inputs.dispose();
});

test('a missing example is an error', async () => {
  await expect(five.inputsAt(Uint32Array.of(5))).rejects.toThrow(
    'five: example 5 was requested, expected 0 to 4',
  );
});

const four = { name: 'four', inputs: new Float32Array(8), shape: [2] };
const refused: [string, InMemoryDatasetOptions, string][] = [
  [
    'values that are not a whole number of examples',
    { ...four, inputs: new Float32Array(7) },
    'four: there are 7 values, expected a multiple of 2',
  ],
  [
    'no example',
    { ...four, inputs: new Float32Array(0) },
    'four: there are 0 values, expected a multiple of 2',
  ],
  [
    'a shape of a zero',
    { ...four, shape: [0] },
    'four: shape is [0], expected whole numbers of 1 or more',
  ],
  [
    'an empty shape',
    { ...four, shape: [] },
    'four: shape is [], expected whole numbers of 1 or more',
  ],
  [
    'NaN',
    { ...four, inputs: Float32Array.of(0, 0, 0, NaN) },
    'four: value 1 of example 1 is NaN, expected a finite',
  ],
  [
    'an infinity',
    { ...four, inputs: Float32Array.of(-Infinity, 0) },
    'four: value 0 of example 0 is -Infinity',
  ],
  [
    'fewer labels than examples',
    { ...four, labels: [1, 2] },
    'four: there are 2 labels for 4 examples',
  ],
  [
    'a broken label',
    { ...four, labels: [0, 1.5, 0, 0] },
    'four: labels[1] is 1.5, expected a whole number',
  ],
  [
    'a negative label',
    { ...four, labels: [0, 0, -1, 0] },
    'four: labels[2] is -1, expected a whole number',
  ],
  [
    'a label outside the classes',
    { ...four, labels: [0, 0, 0, 3], classes: 3 },
    'four: labels[3] is 3, expected a whole number from 0 to 2',
  ],
  ['classes without labels', { ...four, classes: 3 }, 'four: classes is 3 but there are no labels'],
  [
    'no classes',
    { ...four, labels: [0, 0, 0, 0], classes: 0 },
    'four: classes is 0, expected a whole number of at least 1',
  ],
  [
    'a scale for floats',
    { ...four, scale: 2 },
    'four: scale is 2 for float32 inputs, expected none',
  ],
  [
    'a scale that is not a number',
    { ...four, inputs: new Uint8Array(8), scale: NaN },
    'four: scale is NaN',
  ],
];

test.each(refused)('refuses %s', (_, options, message) => {
  expect(() => inMemoryDataset(options)).toThrow(RangeError);
  expect(() => inMemoryDataset(options)).toThrow(message);
});

test.each([
  { size: 0 },
  { size: 1.5 },
  { size: NaN },
  { size: 2, start: -1 },
  { size: 2, start: 4 },
])('refuses minibatches of %o', (options) => {
  expect(() => five.batches(options)).toThrow(
    /^five: batches: (size|start) is .*, expected a whole number/,
  );
});
