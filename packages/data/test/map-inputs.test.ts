import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  binarize,
  inMemoryDataset,
  mapInputs,
  materialize,
  take,
  type Dataset,
} from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const three = inMemoryDataset({
  name: 'three',
  inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
  shape: [2],
  labels: [0, 1, 0],
});

/** The same, but only as a stream. */
const stream: Dataset = {
  name: 'stream',
  shape: [2],
  size: 3,
  classes: 2,
  batches: (options) => three.batches(options),
};

const sums = (inputs: tf.Tensor2D): tf.Tensor2D => tf.sum(tf.mul(inputs, 10), 1, true);

test.each([three, stream])(
  'applies the function to each minibatch and keeps the labels: $name',
  async (dataset) => {
    const mapped = mapInputs(dataset, 'sums', [1], sums);
    expect(mapped).toMatchObject({ name: 'sums', shape: [1], size: 3, classes: 2 });
    expect(await rows(mapped, { size: 2 })).toEqual({
      inputs: [[[30], [70]], [[110]]],
      labels: [[0, 1], [0]],
    });
    expect((await rows(mapped, { size: 2, start: 1 })).inputs).toEqual([[[110]]]);
  },
);

test.each([three, stream])(
  'a function that gives its argument back is right too: $name',
  async (dataset) => {
    expect(await rows(mapInputs(dataset, 'same', [2], (inputs) => inputs))).toEqual(
      await rows(dataset),
    );
  },
);

test('an indexed dataset stays indexed', async () => {
  expect((await rows(take(mapInputs(three, 'sums', [1], sums), 1))).inputs).toEqual([[[30]]]);
});

test.each([three, stream])(
  'another shape than promised is an error and leaks nothing: $name',
  async (dataset) => {
    await expect(rows(mapInputs(dataset, 'sums', [2], sums))).rejects.toThrow(
      'sums: inputs have shape [3, 1], expected [3, 2]',
    );
  },
);

test.each([three, stream])('a function that throws leaks nothing: $name', async (dataset) => {
  const failing = mapInputs(dataset, 'failing', [1], (inputs) => {
    sums(inputs);
    throw new Error('no');
  });
  await expect(rows(failing)).rejects.toThrow('no');
});

test('binarize gives 1 above the threshold and 0 at and below it', async () => {
  const binary = binarize(three, 3);
  expect(binary).toMatchObject({ name: 'three (above 3)', shape: [2], size: 3 });
  expect((await rows(binary)).inputs).toEqual([
    [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
  ]);
  expect(() => binarize(three, NaN)).toThrow(
    'binarize: threshold is NaN, expected a finite number',
  );
});

test('materialize computes once what mapInputs computes at every read', async () => {
  let calls = 0;
  const counted = mapInputs(stream, 'counted', [1], (inputs) => {
    calls++;
    return sums(inputs);
  });
  const kept = await materialize(counted);
  const before = calls;
  expect(await rows(kept)).toEqual({ inputs: [[[30], [70], [110]]], labels: [[0, 1, 0]] });
  await rows(kept);
  expect(calls).toBe(before);
  expect(kept).toMatchObject({ name: 'counted', shape: [1], size: 3, classes: 2 });
});

test('materialize refuses a stream whose length differs from its size', async () => {
  await expect(materialize({ ...stream, size: 4 })).rejects.toThrow(
    'stream gave 3 examples, but its size is 4',
  );
  await expect(materialize({ ...stream, size: 2 })).rejects.toThrow(
    'stream gave 3 or more examples, but its size is 2',
  );
});

test('materialize refuses values that are not finite', async () => {
  const broken = mapInputs(three, 'broken', [2], (inputs) => tf.div(inputs, 0));
  await expect(materialize(broken)).rejects.toThrow(
    'broken: value 0 of example 0 is Infinity, expected a finite number',
  );
});
