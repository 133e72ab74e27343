import * as tf from '@tensorflow/tfjs-core';
import { normals, randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import {
  applyStandardization,
  dataMean,
  fitStandardization,
  inMemoryDataset,
  minibatch,
  standardize,
  type Dataset,
  type Standardization,
  type StandardizationOptions,
} from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

/** Values of means 2, 20, 7 and deviations 1, 4, 0. */
const dataset = inMemoryDataset({
  name: 'three',
  inputs: Float32Array.of(1, 16, 7, 3, 24, 7),
  shape: [3],
});

const closed: [StandardizationOptions, Standardization, number[][]][] = [
  [
    {},
    { exampleMean: false, offset: [2, 20, 7], divisor: [1, 4, 1] },
    [
      [-1, -1, 0],
      [1, 1, 0],
    ],
  ],
  [
    { deviation: 'none' },
    { exampleMean: false, offset: [2, 20, 7], divisor: [1] },
    [
      [-1, -4, 0],
      [1, 4, 0],
    ],
  ],
  [
    { mean: 'none', deviation: 'none' },
    { exampleMean: false, offset: [0], divisor: [1] },
    [
      [1, 16, 7],
      [3, 24, 7],
    ],
  ],
  [
    { mean: 'none' },
    { exampleMean: false, offset: [0], divisor: [1, 4, 1] },
    [
      [1, 4, 7],
      [3, 6, 7],
    ],
  ],
  // The paper's: divided by (1 + 4 + 0) / 3.
  [
    { deviation: 'global' },
    { exampleMean: false, offset: [2, 20, 7], divisor: [5 / 3] },
    [
      [-0.6, -2.4, 0],
      [0.6, 2.4, 0],
    ],
  ],
  [
    { mean: 'none', deviation: 'none', constant: 2 },
    { exampleMean: false, offset: [0], divisor: [1] },
    [
      [1, 16, 7],
      [3, 24, 7],
    ],
  ],
  [
    { constant: 2 },
    { exampleMean: false, offset: [2, 20, 7], divisor: [1, 4, 1] },
    [
      [-1, -1, 0],
      [1, 1, 0],
    ],
  ],
];

test.each(closed)('%j matches a computation by hand', async (options, expected, standardized) => {
  const fitted = await fitStandardization(dataset, options);
  expect(fitted.exampleMean).toBe(expected.exampleMean);
  fitted.offset.forEach((value, j) => expect(value).toBeCloseTo(expected.offset[j]!, 12));
  fitted.divisor.forEach((value, j) => expect(value).toBeCloseTo(expected.divisor[j]!, 12));
  const { inputs } = await rows(applyStandardization(dataset, fitted));
  inputs[0]?.forEach((row, i) =>
    row.forEach((value, j) => expect(value).toBeCloseTo(standardized[i]![j]!, 6)),
  );
});

test("each example's own mean: subtracted, and the deviations are of what is left", async () => {
  // The means are 8 and 34 / 3; what is left is -7, 8, -1 and -25/3, 38/3, -13/3.
  const fitted = await fitStandardization(dataset, { mean: 'example' });
  expect(fitted).toMatchObject({ exampleMean: true, offset: [0] });
  [2 / 3, 7 / 3, 5 / 3].forEach((value, j) => expect(fitted.divisor[j]).toBeCloseTo(value, 12));
  const { inputs } = await rows(applyStandardization(dataset, fitted));
  [-10.5, 24 / 7, -0.6].forEach((value, j) => expect(inputs[0]![0]![j]).toBeCloseTo(value, 5));
});

test('a constant far from zero has no deviation from rounding', async () => {
  const inputs = new Float32Array(3000).fill(0.1);
  const fitted = await fitStandardization(
    inMemoryDataset({ name: 'constant', inputs, shape: [3] }),
    { constant: 0 },
  );
  expect(fitted.divisor).toEqual([1, 1, 1]);
  const { inputs: standardized } = await rows(
    applyStandardization(inMemoryDataset({ name: 'constant', inputs, shape: [3] }), fitted),
  );
  expect(new Set(standardized.flat(2))).toEqual(new Set([0]));
});

test('constant data is not divided by zero', async () => {
  const constant = inMemoryDataset({
    name: 'constant',
    inputs: new Float32Array(6).fill(3),
    shape: [2],
  });
  expect((await fitStandardization(constant, { deviation: 'global' })).divisor).toEqual([1]);
});

test('random data come out with mean 0 and deviation 1', async () => {
  const inputs = normals(randomKey(1), 4000).map((value, i) => 5 + (1 + (i % 4)) * value);
  const random = inMemoryDataset({ name: 'random', inputs, shape: [4] });
  const all = (
    await rows(applyStandardization(random, await fitStandardization(random)))
  ).inputs.flat();
  for (let j = 0; j < 4; j++) {
    const column = all.map((row) => row[j]!);
    const average = column.reduce((sum, value) => sum + value, 0) / 1000;
    expect(average).toBeCloseTo(0, 6);
    expect(column.reduce((sum, value) => sum + (value - average) ** 2, 0) / 1000).toBeCloseTo(1, 5);
  }
});

test('survives JSON', async () => {
  const fitted = await fitStandardization(dataset, { mean: 'example', deviation: 'global' });
  expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
});

test('inputs with another width are an error', () => {
  const inputs = tf.zeros<tf.Rank.R2>([2, 4]);
  expect(() =>
    standardize(inputs, { exampleMean: false, offset: [0], divisor: [1, 2, 3] }),
  ).toThrow(
    'standardize: inputs have shape [2, 4] and divisor has 3 numbers, expected one per ' +
      'column or one for all',
  );
  inputs.dispose();
});

test('a negative constant is an error', async () => {
  await expect(fitStandardization(dataset, { constant: -1 })).rejects.toThrow(
    'fitStandardization: option constant is -1, expected a finite number of at least 0',
  );
});

test.each([NaN, Infinity, -Infinity])(
  '%d in the data is an error that says where',
  async (value) => {
    // From a stream, because a dataset in memory would refuse it.
    const stream: Dataset = {
      name: 'broken',
      shape: [2],
      size: 2,
      async *batches() {
        yield minibatch(tf.tensor2d([0, 1, value, 3], [2, 2]));
      },
    };
    for (const mean of ['value', 'example', 'none'] as const) {
      await expect(fitStandardization(stream, { mean })).rejects.toThrow(
        `broken: value 0 of example 1 is ${value}, expected a finite number`,
      );
    }
    await expect(dataMean(stream)).rejects.toThrow(
      `broken: value 0 of example 1 is ${value}, expected a finite number`,
    );
  },
);

test('a single example is its own mean and has deviation 0', async () => {
  const single = inMemoryDataset({ name: 'single', inputs: Float32Array.of(3, 5), shape: [2] });
  expect(await fitStandardization(single)).toEqual({
    exampleMean: false,
    offset: [3, 5],
    divisor: [1, 1],
  });
  expect(await fitStandardization(single, { mean: 'example', deviation: 'global' })).toEqual({
    exampleMean: true,
    offset: [0],
    divisor: [1],
  });
});

test('a dataset without examples has no mean', async () => {
  const none: Dataset = { name: 'none', shape: [2], size: 0, async *batches() {} };
  await expect(fitStandardization(none)).rejects.toThrow(
    'none: size is 0, expected a whole number of at least 1',
  );
  await expect(dataMean(none)).rejects.toThrow(
    'none: size is 0, expected a whole number of at least 1',
  );
  await expect(dataMean({ ...none, size: 3 })).rejects.toThrow(
    'none gave 0 examples, but its size is 3',
  );
});

test.each<[object, string]>([
  [
    { means: 'value' },
    'fitStandardization: unknown option means, expected only mean, deviation, constant',
  ],
  [
    { mean: 'pixel' },
    'fitStandardization: option mean is "pixel", expected one of value, example, none',
  ],
  [
    { deviation: 'std' },
    'fitStandardization: option deviation is "std", expected one of value, global, none',
  ],
  [{ constant: NaN }, 'fitStandardization: option constant is NaN, expected a finite number'],
])('the options %o are refused', async (options, message) => {
  await expect(fitStandardization(dataset, options)).rejects.toThrow(message);
});

test.each<[object, string]>([
  [{ exampleMean: false, offset: [0], divisor: [0] }, 'divisor[0] is 0, expected a nonzero number'],
  [
    { exampleMean: false, offset: [null], divisor: [1] },
    'offset[0] is null, expected a finite number',
  ],
  [{ exampleMean: false, divisor: [1] }, 'option offset is missing, expected a list of numbers'],
  [{ offset: [0], divisor: [1] }, 'option exampleMean is missing, expected true or false'],
])('%o is not a standardization', (standardization, message) => {
  const inputs = tf.zeros<tf.Rank.R2>([1, 2]);
  expect(() => standardize(inputs, standardization as never)).toThrow(
    `standardize: the standardization: ${message}`,
  );
  inputs.dispose();
});
