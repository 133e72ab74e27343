import { expect, test } from 'vitest';
import { dataMean, inMemoryDataset } from '../src/index.ts';
import { checkTensors } from './setup.ts';

checkTensors();

test('is the mean of each value', async () => {
  const dataset = inMemoryDataset({
    name: 'three',
    inputs: Float32Array.of(1, 2, 3, 5, 5, 11),
    shape: [2],
  });
  expect(await dataMean(dataset)).toEqual(Float32Array.of(3, 6));
});

test('does not lose small values in a large sum, as float32 would', async () => {
  const inputs = new Float32Array(40_001).fill(1 / 256);
  inputs[0] = 2 ** 20;
  const dataset = inMemoryDataset({ name: 'large and small', inputs, shape: [1] });
  expect(await dataMean(dataset)).toEqual(Float32Array.of((2 ** 20 + 40_000 / 256) / 40_001));
});
