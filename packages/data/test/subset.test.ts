import { expect, test } from 'vitest';
import { inMemoryDataset, subset, take } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const four = inMemoryDataset({
  name: 'four',
  inputs: Float32Array.of(10, 11, 12, 13),
  shape: [1],
  labels: [3, 2, 1, 0],
});

test('holds the chosen examples and labels in the chosen order', async () => {
  const dataset = subset(four, [3, 1, 3]);
  expect(dataset).toMatchObject({ name: 'four (3 examples)', size: 3, classes: 4, shape: [1] });
  expect(await rows(dataset)).toEqual({ inputs: [[[13], [11], [13]]], labels: [[0, 2, 0]] });
});

test('a subset of a subset numbers examples within the subset', async () => {
  expect((await rows(subset(subset(four, [3, 1]), [1], 'last'))).inputs).toEqual([[[11]]]);
});

test('take holds the first examples', async () => {
  expect((await rows(take(four, 2))).inputs).toEqual([[[10], [11]]]);
});

test.each([[[]], [[4]], [[-1]], [[0.5]], [[NaN]], [['1' as never]]])(
  'refuses the indices %j',
  (indices) => {
    expect(() => subset(four, indices)).toThrow(
      /^subset of four: indices.* (expected a whole number from 0 to 3|is empty, expected at least one value)$/,
    );
  },
);

test.each([0, 5, 1.5, -1, NaN])('refuses to take %d of four', (count) => {
  expect(() => take(four, count)).toThrow(
    `take: count is ${count}, expected a whole number from 1 to 4 (four)`,
  );
});
