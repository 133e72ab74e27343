import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { inMemoryDataset, split, type IndexedDataset } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

/** Example i has the value i; the classes 0, 1, 2 have 50, 30 and 20 examples, mixed. */
const labels = Array.from({ length: 100 }, (_, i) => (i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2));
const hundred = inMemoryDataset({
  name: 'hundred',
  inputs: Float32Array.from({ length: 100 }, (_, i) => i),
  shape: [1],
  labels,
});

async function examples(dataset: IndexedDataset): Promise<number[]> {
  return (await rows(dataset)).inputs.flat(2);
}

function classCounts(dataset: IndexedDataset): number[] {
  return [0, 1, 2].map((c) => dataset.labels?.filter((label) => label === c).length ?? 0);
}

test('without a key, each part takes the first of the remaining examples', async () => {
  const [first, second] = split(hundred, [3, 2]);
  expect(await examples(first)).toEqual([0, 1, 2]);
  expect(await examples(second)).toEqual([3, 4]);
  expect(second.name).toBe('hundred (part 2 of 2)');
});

test('with a key, parts are random, ordered and disjoint, and together are the whole', async () => {
  const parts = split(hundred, [60, 40], { key: randomKey(5) });
  const [first, second] = [await examples(parts[0]), await examples(parts[1])];
  expect(first).not.toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(first.toSorted((a, b) => a - b)).toEqual(first);
  expect([...first, ...second].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  );
  expect(parts[0].labels).toEqual(Int32Array.from(first, (i) => labels[i]!));
  expect(await examples(split(hundred, [60, 40], { key: randomKey(5) })[0])).toEqual(first);
});

test('equal classes: the same number of each class', () => {
  const [few, rest] = split(hundred, [30, 10], { key: randomKey(1), classes: 'equal' });
  expect(classCounts(few)).toEqual([10, 10, 10]);
  expect(classCounts(rest)).toEqual([4, 3, 3]);
});

test('proportional classes: in the proportions of the whole', () => {
  const [most, some] = split(hundred, [80, 20], { key: randomKey(1), classes: 'proportional' });
  expect(classCounts(most)).toEqual([40, 24, 16]);
  expect(classCounts(some)).toEqual([10, 6, 4]);
});

test('proportional classes that do not divide: the largest remainders are rounded up', () => {
  // 50, 30 and 20 of 100 make 3.5, 2.1 and 1.4 of 7.
  const [seven] = split(hundred, [7], { key: randomKey(1), classes: 'proportional' });
  expect(classCounts(seven)).toEqual([4, 2, 1]);
});

test.each([[[0, 5]], [[1.5]], [[60, 41]], [[-1]]])('refuses the sizes %j', (sizes) => {
  expect(() => split(hundred, sizes)).toThrow(
    /^split: sizes(\[\d\] is .*, expected a whole number of at least 1| are .* at most 100 \(hundred\))/,
  );
});

test('refuses equal classes if a class has too few examples', () => {
  expect(() => split(hundred, [30, 33], { classes: 'equal' })).toThrow(
    'split: class 2 has 10 examples left for part 2, expected at least 11 (hundred): take ' +
      'fewer examples',
  );
});

test('refuses classes for a dataset without labels', () => {
  const unlabeled = inMemoryDataset({ name: 'unlabeled', inputs: new Float32Array(4), shape: [1] });
  expect(() => split(unlabeled, [2], { classes: 'equal' })).toThrow(
    "split: classes is 'equal' but unlabeled has no labels",
  );
});
