import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import {
  areaResampler,
  drawPairs,
  encodeIdx,
  idxDataset,
  indexedDataset,
  inMemoryDataset,
  mapInputs,
  pairDataset,
  split,
  type Dataset,
} from '../src/index.ts';
import { checkTensors } from './setup.ts';

checkTensors();

// Options also come from plain JavaScript, where no compiler checks them.
const four = inMemoryDataset({
  name: 'four',
  inputs: new Float32Array(4),
  shape: [1],
  labels: [0, 1, 0, 1],
});
const stream: Dataset = { name: 'stream', shape: [1], size: 4, batches: () => ({}) as never };
const images = {
  name: 'images',
  bytes: encodeIdx({ dtype: 'uint8', shape: [1, 1], data: new Uint8Array(1) }),
};
const key = randomKey(1);

const cases: readonly [string, () => unknown, string][] = [
  [
    'split',
    () => split(four, [2], { classes: 'stratified' } as never),
    'split: option classes is "stratified", expected one of equal, proportional',
  ],
  [
    'split',
    () => split(four, [2], { seed: 1 } as never),
    'split: unknown option seed, expected only key, classes',
  ],
  [
    'split',
    () => split(four, [2], { key: 7 } as never),
    'split: option key is 7, expected a key, such as randomKey(1)',
  ],
  [
    'split',
    () => split(four, [NaN]),
    'split: sizes[0] is NaN, expected a whole number of at least 1',
  ],
  [
    'batches',
    () => four.batches({ batchSize: 2 } as never),
    'four: batches: unknown option batchSize, expected only size, key, start',
  ],
  [
    'batches',
    () => four.batches({ size: NaN }),
    'four: batches: size is NaN, expected a whole number, 1 or more',
  ],
  [
    'batches',
    () => four.batches({ size: '2' } as never),
    'four: batches: size is "2", expected a whole number',
  ],
  [
    'batches',
    () => four.batches({ size: 2, start: 3 }),
    'four: batches: start is 3, expected a whole number from 0 to 2',
  ],
  [
    'batches',
    () => four.batches({ size: 2, start: NaN }),
    'four: batches: start is NaN, expected a whole number',
  ],
  [
    'batches',
    () => four.batches({ size: 2, key: 1 } as never),
    'four: batches: key is 1, expected a key',
  ],
  [
    'batches of a stream that is mapped',
    () => mapInputs(stream, 'mapped', [1], (inputs) => inputs).batches({ size: 0 }),
    'mapped: batches: size is 0, expected a whole number',
  ],
  [
    'mapInputs',
    () => mapInputs(four, 'mapped', [1], 'square' as never),
    'mapInputs: fn is "square", expected a function',
  ],
  [
    'inMemoryDataset',
    () =>
      inMemoryDataset({
        name: 'a',
        inputs: new Float32Array(2),
        shape: [1],
        label: [0, 1],
      } as never),
    'inMemoryDataset: unknown option label, expected only name, inputs, shape, labels, ' +
      'classes, scale',
  ],
  [
    'inMemoryDataset',
    () => inMemoryDataset({ name: 'a', inputs: [1, 2], shape: [1] } as never),
    'inMemoryDataset: option inputs is [1,2], expected a Float32Array or a Uint8Array; ' +
      'Float32Array.from(numbers) makes',
  ],
  [
    'indexedDataset',
    () => indexedDataset({ name: 'a', size: 2, shape: [1], inputs: [] } as never),
    'indexedDataset: unknown option inputs, expected only name, shape, size, labels, classes, ' +
      'inputsAt, valuesAt',
  ],
  [
    'indexedDataset',
    () => indexedDataset({ name: 'a', size: 2, shape: [1] }),
    'a: neither of inputsAt and valuesAt is given, expected one function that reads examples',
  ],
  [
    'pairDataset',
    () =>
      pairDataset({
        name: 'a',
        examples: four,
        pairs: [{ first: 0, second: 1, same: true }],
        views: 1,
      } as never),
    'pairDataset: unknown option views, expected only name, examples, pairs, redraw, view, shape',
  ],
  [
    'idxDataset',
    () => idxDataset({ name: 'a', images, lables: images } as never),
    'idxDataset: unknown option lables',
  ],
  [
    'areaResampler',
    () => areaResampler([1, 1, 1], [1, 1], { input: 'chw' as never }),
    'areaResampler: option input is "chw"',
  ],
  [
    'areaResampler',
    () => areaResampler([1, 1] as never, [1, 1]),
    'areaResample: shape is [1, 1] and size [1, 1], expected',
  ],
  [
    'drawPairs',
    () => drawPairs([[0, 1], [2]], NaN, key),
    'drawPairs: count is NaN, expected a whole number of at least 0',
  ],
  [
    'drawPairs',
    () => drawPairs([[0, 1], [2]], -1, key),
    'drawPairs: count is -1, expected a whole number of at least 0',
  ],
  [
    'drawPairs',
    () => drawPairs([[0, 1.5], [2]], 2, key),
    'drawPairs: groups[0][1] is 1.5, expected a whole number',
  ],
  [
    'drawPairs',
    () => drawPairs([[0, 1, 1], [2]], 2, key),
    'drawPairs: an example is twice in the groups',
  ],
];

test.each(cases)('%s refuses unknown options', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
  await expect(Promise.resolve().then(call)).rejects.toThrow(RangeError);
});

test('an undefined option counts as omitted', () => {
  expect(split(four, [2], { classes: undefined, more: undefined } as never)).toHaveLength(1);
});

test('labels may be 64-bit', () => {
  const labels = BigInt64Array.of(0n, 2n);
  const dataset = inMemoryDataset({ name: 'a', inputs: new Float32Array(2), shape: [1], labels });
  expect(dataset.labels).toEqual(Int32Array.of(0, 2));
  expect(dataset.classes).toBe(3);
});

test.each<[unknown, string]>([
  [[0n, -1n], 'a: labels[1] is -1n, expected a whole number from 0 to 2147483647'],
  [[0, NaN], 'a: labels[1] is NaN, expected a whole number'],
  [[0, Infinity], 'a: labels[1] is Infinity, expected a whole number'],
  [['0', '1'], 'a: labels[0] is "0", expected a whole number'],
])('the labels %o are refused', (labels, message) => {
  const make = () =>
    inMemoryDataset({
      name: 'a',
      inputs: new Float32Array(2),
      shape: [1],
      labels: labels as number[],
    });
  expect(make).toThrow(message);
});
