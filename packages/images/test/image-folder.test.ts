import '@tensorflow/tfjs-backend-cpu';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey } from '@deepbelief/random';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { describeImages, ImageError, imageFolder, readImage } from '../src/index.ts';
import { pixels, plain, png, temporaryFolder } from './pictures.ts';

const folderOf = temporaryFolder();

const values = async (
  dataset: Awaited<ReturnType<typeof imageFolder>>,
  ...indices: number[]
): Promise<number[]> => [...(await dataset.valuesAt!(Uint32Array.from(indices)))];

test('subfolders are classes, in the order of their names or numbers', async () => {
  const folder = folderOf({
    '10/a.png': await plain(0, 0, 0),
    '9/b.png': await plain(255, 255, 255),
    '9/deep/c.PNG': await plain(255, 0, 0),
    'notes.txt': 'not a picture',
    '.hidden/x.png': 'not looked at',
  });
  const dataset = await imageFolder({ folder, cache: folderOf(), size: 2, name: 'numbers' });
  expect(dataset).toMatchObject({
    name: 'numbers',
    shape: [2, 2],
    size: 3,
    classes: 2,
    classNames: ['9', '10'],
    paths: ['10/a.png', '9/b.png', '9/deep/c.PNG'],
    skipped: [],
  });
  expect([...dataset.labels!]).toEqual([1, 0, 0]);
  // Red has a luma of 0.299 · 255 = 76.2, which is stored as 76.
  const red = Math.fround(76 / 255);
  expect(await values(dataset, 0, 1)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  for (const value of await values(dataset, 2)) expect(value).toBeCloseTo(red, 6);
});

test('pictures without subfolders have no labels, and minibatches come as of any dataset', async () => {
  const before = memory().numTensors;
  const folder = folderOf({ 'a.png': await plain(9, 9, 9), 'b.png': await plain(0, 0, 0) });
  const dataset = await imageFolder({ folder, cache: folderOf(), size: [1, 3], color: true });
  expect(dataset).toMatchObject({ shape: [1, 3, 3], size: 2, classNames: [] });
  expect([dataset.labels, dataset.classes]).toEqual([undefined, undefined]);
  for await (const batch of dataset.batches({ size: 2, key: randomKey(1) })) {
    expect(batch.inputs.shape).toEqual([2, 9]);
    batch.dispose();
  }
  expect(memory().numTensors).toBe(before);
});

test('the window in the middle is resampled by exact averages, in color or gray', async () => {
  // 8 wide, 4 high: the largest square has columns 2 to 5; half of it columns 3 and 4, rows 1, 2.
  const bytes = pixels([4, 8, 3], (x, y, channel) => 20 * x + 5 * y + channel);
  const folder = folderOf({ 'x.png': await png(bytes, [4, 8, 3]) });
  const cache = folderOf();
  const options = { folder, cache, size: 1, color: true, values: 'float32' } as const;
  const whole = await values(await imageFolder(options), 0);
  // The mean of 20 x is 70, that of 5 y is 7.5.
  for (const [channel, value] of whole.entries())
    expect(value * 255).toBeCloseTo(77.5 + channel, 4);
  const half = await imageFolder({ ...options, window: 0.5, color: false });
  const [gray] = await values(half, 0);
  expect(gray! * 255).toBeCloseTo(77.5 + 0.587 + 2 * 0.114, 4);
});

test('16 bits, transparency, one channel and a palette become what they show', async () => {
  const transparent = pixels([2, 2, 4], (_x, _y, channel) => [200, 100, 50, 0][channel]!);
  const gray = pixels([2, 2, 1], () => 51);
  const options = { size: 1, color: true };
  const white = await readImage(await png(transparent, [2, 2, 4]), options);
  expect([...white]).toEqual([1, 1, 1]);
  const same = await readImage(await png(gray, [2, 2, 1]), options);
  expect([...same]).toEqual([0, 0, 0].fill(Math.fround(51 / 255)));
});

test('prepared pictures are used again, and made again when a file changes', async () => {
  const folder = folderOf({ 'a/1.png': await plain(0, 0, 0) });
  const options = { folder, cache: folderOf(), size: 2 };
  let made = 0;
  const load = (): ReturnType<typeof imageFolder> =>
    imageFolder({ ...options, onProgress: () => made++ });
  const { prepared } = await load();
  const { ino } = statSync(prepared);
  expect((await load()).classNames).toEqual(['a']);
  expect([made, statSync(prepared).ino]).toEqual([1, ino]);
  writeFileSync(join(folder, 'a/2.png'), await plain(1, 1, 1));
  expect((await load()).size).toBe(2);
  expect(made).toBe(3);
});

test('a wrong file is named in one line, or skipped', async () => {
  const sound = await plain(1, 2, 3);
  const folder = folderOf({
    'a/1.png': sound,
    'b/2.jpg': 'nothing',
    'b/3.png': sound.subarray(0, 60),
  });
  const attempt = imageFolder({ folder, cache: folderOf(), size: 2 });
  await expect(attempt).rejects.toThrow(ImageError);
  await expect(attempt).rejects.toThrow(
    /^[^\n]*2\.jpg: it cannot be decoded \([^\n]+\), expected a complete picture: save it again/,
  );
  const kept = await imageFolder({ folder, cache: folderOf(), size: 2, wrong: 'skip' });
  expect(kept).toMatchObject({ size: 1, classNames: ['a', 'b'], classes: 2 });
  expect(kept.skipped).toHaveLength(2);
});

test.for([
  [{ 'a.txt': 'x' }, {}, 'it has no pictures (but 1 .txt), expected pictures in a subfolder'],
  [{ 'a.png': 'x', 'b/c.png': 'x' }, {}, '1 of 2 pictures lie beside the subfolders'],
  [{ 'a.png': 'x' }, { wrong: 'skip' }, 'none of its 1 pictures can be decoded'],
  [{ 'a.png': 'x' }, { size: 0 }, 'size is 0, expected a whole number from 1 to 1024'],
  [{ 'a.png': 'x' }, { window: 2 }, 'window is 2, expected more than 0 and at most 1'],
  [{ 'a.png': 'x' }, { colour: true }, 'unknown option colour'],
] as const)(
  'a folder or an option that does not fit is one line: %#',
  async ([files, options, message]) => {
    const folder = folderOf(files);
    await expect(imageFolder({ folder, cache: folderOf(), ...options })).rejects.toThrow(message);
  },
);

test('a folder that is not there is one line', async () => {
  const folder = join(folderOf(), 'none');
  await expect(imageFolder({ folder, cache: folderOf() })).rejects.toThrow(/none: cannot be read/);
});

test('a folder is described by classes, sizes, colors and wrong files', async () => {
  const folder = folderOf({
    'a/1.png': await plain(0, 0, 0),
    'a/2.png': await plain(9, 9, 9),
    'b/3.png': await png(
      pixels([2, 3, 1], () => 7),
      [2, 3, 1],
    ),
    'b/4.gif': 'nothing',
    'b/readme.md': 'text',
  });
  const { wrong, ...found } = await describeImages(folder);
  expect(found).toEqual({
    pictures: 4,
    classes: [
      { name: 'a', pictures: 2 },
      { name: 'b', pictures: 2 },
    ],
    kinds: [
      { width: 4, height: 4, format: 'png', color: true, pictures: 2 },
      { width: 3, height: 2, format: 'png', color: false, pictures: 1 },
    ],
    others: { '.md': 1 },
    some: ['a/1.png', 'a/2.png', 'b/3.png'],
  });
  expect(wrong).toEqual([expect.stringContaining('4.gif: it cannot be decoded (') as string]);
});
