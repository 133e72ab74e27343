import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { loadMnist, type TrainAndTest } from '../src/index.ts';

let mnist: TrainAndTest;
beforeAll(async () => {
  await tf.setBackend('cpu');
  mnist = await loadMnist();
});

function classCounts(labels: Int32Array | undefined): number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const label of labels ?? []) counts[label]!++;
  return counts;
}

test('has the published sizes, shape and classes', () => {
  expect(mnist.train).toMatchObject({
    name: 'mnist train',
    size: 60_000,
    shape: [28, 28],
    classes: 10,
  });
  expect(mnist.test).toMatchObject({
    name: 'mnist test',
    size: 10_000,
    shape: [28, 28],
    classes: 10,
  });
});

test('has the published labels', () => {
  expect(mnist.train.labels?.slice(0, 5)).toEqual(Int32Array.of(5, 0, 4, 1, 9));
  expect(mnist.test.labels?.slice(0, 5)).toEqual(Int32Array.of(7, 2, 1, 0, 4));
  expect(classCounts(mnist.train.labels)).toEqual([
    5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
  ]);
  expect(classCounts(mnist.test.labels)).toEqual([
    980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
  ]);
});

test('gives values from 0 to 1 with the known mean .1307 and deviation .3081', async () => {
  const before = tf.memory().numTensors;
  let [count, sum, squares, smallest, largest] = [0, 0, 0, Infinity, -Infinity];
  for await (const batch of mnist.train.batches({ size: 1000 })) {
    for (const value of await batch.inputs.data<'float32'>()) {
      count++;
      sum += value;
      squares += value * value;
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    batch.dispose();
  }
  expect(count).toBe(60_000 * 784);
  expect([smallest, largest]).toEqual([0, 1]);
  expect(sum / count).toBeCloseTo(0.1307, 4);
  expect(Math.sqrt(squares / count - (sum / count) ** 2)).toBeCloseTo(0.3081, 4);
  expect(tf.memory().numTensors).toBe(before);
});

test('limits keep the first examples', async () => {
  const { train, test: tests } = await loadMnist({ limits: { train: 100, test: 5 } });
  expect([train.size, tests.size]).toEqual([100, 5]);
  expect(tests.labels).toEqual(Int32Array.of(7, 2, 1, 0, 4));
});

test('a limit out of range is an error', async () => {
  await expect(loadMnist({ limits: { test: 10_001 } })).rejects.toThrow(
    /^take: count is 10001, expected .* 1 to 10000/,
  );
});
