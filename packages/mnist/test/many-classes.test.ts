import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeIdx, type IdxArray } from '@deepbelief/data';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadIdxFolder, loadMnist } from '../src/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idx-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  encodeIdx({ dtype: 'uint8', shape, data: Uint8Array.from(values) });
const images = (count: number): Uint8Array =>
  bytes(
    [count, 1, 2],
    Array.from({ length: 2 * count }, (_, i) => 10 * i),
  );
const row = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Writes the four files of a dataset with these labels. */
async function write(
  train: readonly number[],
  tests: readonly number[],
  prefix = '',
  testSet = 't10k',
): Promise<void> {
  const sets = [
    ['train', train],
    [testSet, tests],
  ] as const;
  for (const [set, labels] of sets) {
    await writeFile(join(folder, `${prefix}${set}-images-idx3-ubyte`), images(labels.length));
    await writeFile(
      join(folder, `${prefix}${set}-labels-idx1-ubyte`),
      bytes([labels.length], labels),
    );
  }
}

test('26 letters with labels from 1 are 26 classes, returned with their labels', async () => {
  await write(row(1, 26), [26, 1, 3]);
  const { train, test: tests, classLabels } = await loadIdxFolder(folder, 'letters');
  expect([train.classes, tests.classes]).toEqual([26, 26]);
  expect(classLabels).toEqual(row(1, 26));
  expect(train.labels).toEqual(Int32Array.from(row(0, 25)));
  expect(tests.labels).toEqual(Int32Array.of(25, 0, 2));
});

test.each([47, 62, 3])('%i classes with labels from 0 stay as they are', async (classes) => {
  await write(row(0, classes - 1), [0, 1]);
  const loaded = await loadIdxFolder(folder, 'set');
  expect([loaded.train.classes, loaded.test.classes]).toEqual([classes, classes]);
  expect(loaded.classLabels).toBeUndefined();
});

test('classes are counted in both sets together, before a limit applies', async () => {
  await write([0, 1, 2, 0], [3, 0]);
  const { train, test: tests } = await loadIdxFolder(folder, 'set', {
    limits: { train: 2, test: 1 },
  });
  expect([train.size, train.classes, tests.size, tests.classes]).toEqual([2, 4, 1, 4]);
});

test('labels with gaps are classes in their order', async () => {
  await write([7, 3, 5], [5, 7]);
  const { train, test: tests, classLabels } = await loadIdxFolder(folder, 'odd');
  expect(classLabels).toEqual([3, 5, 7]);
  expect([...train.labels!, ...tests.labels!]).toEqual([2, 0, 1, 1, 2]);
});

test('labels unknown to a model are refused; known ones are numbered as in the model', async () => {
  await write([1, 2], [2, 3]);
  await expect(loadIdxFolder(folder, 'set', { classLabels: [1, 2] })).rejects.toThrow(
    /t10k-labels-idx1-ubyte: label 1 is 3, expected one of 1, 2: check that the files belong together$/,
  );
  const { test: tests } = await loadIdxFolder(folder, 'set', { classLabels: [3, 2, 1] });
  expect(tests.labels).toEqual(Int32Array.of(1, 0));
  await expect(loadMnist({ classLabels: row(1, 9) })).rejects.toThrow(
    /label \d+ is 0, expected one of 1 to 9/,
  );
});

test('EMNIST’s and QMNIST’s own file names are found', async () => {
  await write([1, 2], [2], 'emnist-letters-', 'test');
  const { train, test: tests } = await loadIdxFolder(folder, 'letters');
  expect([train.size, tests.size]).toEqual([2, 1]);

  const eight: IdxArray = {
    dtype: 'int32',
    shape: [2, 8],
    data: Int32Array.from({ length: 16 }, (_, i) => i % 8),
  };
  const qmnist = join(folder, 'qmnist');
  await mkdir(qmnist);
  for (const set of ['train', 'test']) {
    await writeFile(join(qmnist, `qmnist-${set}-images-idx3-ubyte.gz`), gzipSync(images(2)));
    await writeFile(join(qmnist, `qmnist-${set}-labels-idx2-int.gz`), gzipSync(encodeIdx(eight)));
  }
  const loaded = await loadIdxFolder(qmnist, 'qmnist', { classes: 10 });
  expect(loaded.train).toMatchObject({ size: 2, classes: 10, labels: Int32Array.of(0, 0) });
});

test('one of several datasets in a folder is chosen by name', async () => {
  await write([1, 2], [2], 'emnist-letters-', 'test');
  await write([0, 1, 2], [0], 'emnist-digits-', 'test');
  await expect(loadIdxFolder(folder, 'emnist')).rejects.toThrow(
    `${folder}: the folder holds 2 datasets, emnist-digits, emnist-letters, expected one: give the path of one, such as ` +
      join(folder, 'emnist-digits'),
  );
  expect((await loadIdxFolder(join(folder, 'emnist-digits'), 'digits')).train.size).toBe(3);
  expect((await loadIdxFolder(join(folder, 'emnist-letters'), 'letters')).train.size).toBe(2);
  // MNIST's own names still come first.
  await write([0, 1, 0, 1], [1]);
  expect((await loadIdxFolder(folder, 'mnist')).train.size).toBe(4);
});

test('values, limits and options that do not fit are refused', async () => {
  await write([0, 1], [1]);
  const wide: IdxArray = { dtype: 'int32', shape: [2, 1, 2], data: Int32Array.of(0, 255, 3, 4) };
  await writeFile(join(folder, 'train-images-idx3-ubyte'), encodeIdx(wide));
  await expect(loadIdxFolder(folder, 'set', { range: [0, 1] })).rejects.toThrow(
    /train-images-idx3-ubyte: value 1 of image 0 is 255 \(int32\), expected 0 to 1: .* a scale of 1\/255 brings them/,
  );
  await expect(
    loadIdxFolder(folder, 'set', { range: [0, 1], scale: 1 / 255 }),
  ).resolves.toBeDefined();
  const bits = bytes([2, 1, 2], [0, 1, 1, 0]);
  await writeFile(join(folder, 'train-images-idx3-ubyte'), bits);
  await expect(loadIdxFolder(folder, 'set', { range: [0, 1] })).rejects.toThrow(
    /all bytes are 0 or 1, and 1\/255 would make them 0 and 0.004, expected gray levels to 255: set a scale: 1 leaves/,
  );
  await expect(loadIdxFolder(folder, 'set', { maxBytes: 9 })).rejects.toThrow(
    /it has \d+ bytes, expected at most 9/,
  );
  await expect(loadIdxFolder(folder, 'set', { limit: 1 } as object)).rejects.toThrow(
    'loadIdxFolder: unknown option limit',
  );
  await expect(loadIdxFolder(folder, 'set', { limits: { training: 1 } as object })).rejects.toThrow(
    'loadIdxFolder: limits: unknown option training, expected only train, test',
  );
  await expect(loadIdxFolder(folder, 'set', { limits: { train: -1 } })).rejects.toThrow(
    'limits: option train is -1',
  );
  await expect(loadMnist({ limit: 1 } as object)).rejects.toThrow(
    'loadMnist: unknown option limit',
  );
});
