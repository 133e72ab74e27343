import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { infoOf, NORB_CATEGORIES, openNorbPart } from '@deepbelief/norb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPairRenderer } from '../src/pair-renderer.ts';
import { writeToyNorb } from '../src/write-toy-norb.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toy-norb-'));
});
afterEach(() => rm(folder, { recursive: true }));

const NAME = 'smallnorb-5x46789x9x18x6x2x96x96-training';

test('the files are the same for any number of threads, and hold what the renderer draws', async () => {
  const pairs = 70;
  const files: Buffer[][] = [];
  for (const threads of [1, 3]) {
    const progress: number[] = [];
    const directory = join(folder, String(threads));
    await writeToyNorb(directory, {
      variant: 'small',
      set: 'training',
      pairs,
      seed: 9,
      threads,
      onProgress: (written) => progress.push(written),
    });
    expect(progress.at(-1)).toBe(pairs);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const names = (await readdir(directory)).toSorted();
    expect(names).toEqual([`${NAME}-cat.mat`, `${NAME}-dat.mat`, `${NAME}-info.mat`]);
    files.push(await Promise.all(names.map((name) => readFile(join(directory, name)))));
  }
  expect(files[1]!.every((file, i) => file.equals(files[0]![i]!))).toBe(true);

  const part = await openNorbPart(join(folder, '1', `${NAME}-dat.mat`));
  const renderer = createPairRenderer(9, 'small', 'training');
  const images = new Uint8Array(2 * 96 * 96);
  for (const index of [0, 31, 32, 69]) {
    const example = renderer.example(index);
    expect(NORB_CATEGORIES[part.categories[index]!]).toBe(example.category);
    expect(infoOf(part, index)).toEqual(example.info);
    renderer.render(index, images);
    const start = 24 + index * images.length;
    expect(files[0]![1]!.subarray(start, start + images.length).equals(images)).toBe(true);
  }
});

test('jittered-cluttered NORB has its own names and size, and one more category', async () => {
  await writeToyNorb(folder, { set: 'testing', pairs: 7, threads: 1 });
  const part = await openNorbPart(join(folder, 'norb-5x01235x9x18x6x2x108x108-testing-01-dat.mat'));
  expect([...part.categories]).toEqual([0, 1, 2, 3, 4, 5, 0]);
  expect(infoOf(part, 5)).toMatchObject({ instance: -1, elevation: -1, azimuth: -1, lighting: -1 });
});

test('when stopped, it leaves nothing behind', async () => {
  const controller = new AbortController();
  const work = writeToyNorb(folder, {
    set: 'training',
    pairs: 29_160,
    threads: 1,
    onProgress: () => controller.abort(new Error('enough')),
    signal: controller.signal,
  });
  await expect(work).rejects.toThrow('enough');
  expect(await readdir(folder)).toEqual([]);
});

test('mistakes name the option', async () => {
  await expect(writeToyNorb(folder, { set: 'training', pairs: 0 })).rejects.toThrow(
    'writeToyNorb: option pairs is 0, expected a whole number, 1 or more',
  );
  await expect(writeToyNorb(folder, { set: 'training', pairs: 1, threads: 1.5 })).rejects.toThrow(
    'threads is 1.5',
  );
  await expect(writeToyNorb(folder, { set: 'training', pairs: 1, seed: -1 })).rejects.toThrow(
    'seed is -1',
  );
  const wrong = { set: 'training', pairs: 1, varient: 'small' } as const;
  await expect(writeToyNorb(folder, wrong)).rejects.toThrow(
    'writeToyNorb: unknown option varient, expected only variant, set, pairs, seed, threads, onProgress, signal',
  );
  await expect(writeToyNorb(folder, { set: 'test' as 'testing', pairs: 1 })).rejects.toThrow(
    'writeToyNorb: option set is "test", expected one of training, testing',
  );
});
