import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseMat } from '../src/mat.ts';
import { infoFromColumns } from '../src/norb-info.ts';
import { createNorbWriter, type NorbPair } from '../src/norb-writer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'norb-'));
});
afterEach(() => rm(folder, { recursive: true }));

const blank: NorbPair = {
  images: new Uint8Array(2 * 2 * 2),
  category: 'none',
  info: infoFromColumns([-1, -1, -1, -1, 1, 2, 3, 0, 1, 4]),
};
const options = {
  variant: 'jittered-cluttered',
  set: 'testing',
  part: 2,
  pairs: 2,
  imageSize: 2,
} as const;

test('three files hold what was appended', async () => {
  const writer = await createNorbWriter(folder, options);
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255);
  const info = infoFromColumns([3, 8, 34, 5, -5, 5, -19, 1, 0, -4]);
  await writer.append({ images, category: 'car', info });
  // After the append, the buffer belongs to the caller again.
  images.fill(9);
  await writer.append(blank);
  expect(await readdir(folder)).toHaveLength(1);
  await writer.close();
  const name = 'norb-5x01235x9x18x6x2x2x2-testing-02';
  expect(await readdir(folder)).toEqual([`${name}-cat.mat`, `${name}-dat.mat`, `${name}-info.mat`]);
  const read = async (kind: string) =>
    parseMat(await readFile(join(folder, `${name}-${kind}.mat`)), kind);
  const dat = await read('dat');
  expect(dat).toMatchObject({ dtype: 'uint8', shape: [2, 2, 2, 2] });
  expect([...dat.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(await read('cat')).toEqual({ dtype: 'int32', shape: [2], data: Int32Array.of(4, 5) });
  expect(await read('info')).toEqual({
    dtype: 'int32',
    shape: [2, 10],
    data: Int32Array.of(3, 8, 34, 5, -5, 5, -19, 1, 0, -4, -1, -1, -1, -1, 1, 2, 3, 0, 1, 4),
  });
});

test('more than a buffer of images keeps its order', async () => {
  const imageSize = 800;
  const pairs = 9;
  const writer = await createNorbWriter(folder, {
    variant: 'small',
    set: 'training',
    pairs,
    imageSize,
  });
  const images = new Uint8Array(2 * imageSize * imageSize);
  for (let i = 0; i < pairs; i++) {
    images.fill(i + 1);
    await writer.append({ images, category: 'animal', info: infoFromColumns([4, 0, 0, i]) });
  }
  await writer.close();
  const file = join(
    folder,
    `smallnorb-5x46789x9x18x6x2x${imageSize}x${imageSize}-training-dat.mat`,
  );
  const { data } = parseMat(await readFile(file), 'dat');
  const wrong = data.findIndex((value, at) => value !== Math.floor(at / images.length) + 1);
  expect(wrong).toBe(-1);
});

test('with pairs missing, or abandoned, nothing is written', async () => {
  const short = await createNorbWriter(folder, options);
  await short.append(blank);
  await expect(short.close()).rejects.toThrow(/there are 1 pairs, expected 2: nothing was written/);
  const abandoned = await createNorbWriter(folder, options);
  await abandoned.append(blank);
  await abandoned.abandon();
  expect(await readdir(folder)).toEqual([]);
});

test('pairs that do not fit are refused', async () => {
  const writer = await createNorbWriter(folder, options);
  await expect(writer.append({ ...blank, images: new Uint8Array(7) })).rejects.toThrow(
    /7 bytes, expected 8/,
  );
  await expect(writer.append({ ...blank, info: infoFromColumns([1, 2, 4, 3]) })).rejects.toThrow(
    /jitter is missing/,
  );
  await writer.append(blank);
  await writer.append(blank);
  await expect(writer.append(blank)).rejects.toThrow(/pair 3 is too many/);
  await writer.abandon();
  const small = await createNorbWriter(folder, { ...options, variant: 'small', part: 1 });
  await expect(small.append({ ...blank, info: infoFromColumns([1, 2, 4, 3]) })).rejects.toThrow(
    /category is none, expected one of animal, human, plane, truck, car \(small NORB\)/,
  );
  await small.abandon();
});
