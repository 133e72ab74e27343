import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { randomKey, uniforms } from '@deepbelief/random';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsTensor,
} from '@deepbelief/safetensors';
import { readSafetensors } from '@deepbelief/safetensors/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  fileIdentity,
  preparedDataset,
  prepareImages,
  type PrepareImagesOptions,
} from '../src/node.ts';
import { openPrepared } from '../src/prepared-file.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prepared-'));
  path = join(folder, 'cache', 'faces');
});
afterEach(() => rm(folder, { recursive: true }));

/** Images of [2, 2], image i holding 4i to 4i + 3; `reasons` gathers why they were made. */
function counting(
  size: number,
  reasons: string[],
  dependsOn: unknown = 'the same',
): PrepareImagesOptions {
  return {
    path,
    dependsOn,
    shape: [2, 2],
    values: 'uint8',
    async produce(add, reason) {
      reasons.push(reason);
      const reused = new Uint8Array(4);
      for (let i = 0; i < size; i++) {
        reused.set([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]);
        await add(reused);
      }
      return { labels: Int32Array.of(7, -8), names: new Uint8Array(Buffer.from('Ö\n')) };
    },
  };
}

test('images are made once, and are read from the file in any order with their extras', async () => {
  const reasons: string[] = [];
  for (const _ of [1, 2]) {
    const images = await prepareImages(counting(5, reasons));
    expect(images).toMatchObject({ path, shape: [2, 2], size: 5, values: 'uint8' });
    expect(images.extras['labels']).toEqual(Int32Array.of(7, -8));
    expect(images.extras['names']).toEqual(new Uint8Array(Buffer.from('Ö\n')));
    expect([...images.read(Uint32Array.of(3, 4, 0, 0))]).toEqual([
      12, 13, 14, 15, 16, 17, 18, 19, 0, 1, 2, 3, 0, 1, 2, 3,
    ]);
    expect(images.read(new Uint32Array(0))).toHaveLength(0);
  }
  expect(reasons).toEqual(['there was none']);
  expect(await readdir(join(folder, 'cache'))).toEqual(['faces']);
});

test('the file is a sound safetensors file', async () => {
  await prepareImages(counting(3, []));
  const { tensors } = await readSafetensors(path);
  expect(tensors['images']).toMatchObject({ dtype: 'U8', shape: [3, 2, 2] });
  expect([...(tensors['images']?.data ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(tensors['labels']).toMatchObject({ dtype: 'I32', shape: [2] });
});

test('a change in what they depend on, shape or kind of value prepares them again', async () => {
  const reasons: string[] = [];
  await prepareImages(counting(2, reasons, { size: 1 }));
  await prepareImages(counting(3, reasons, { size: 2 }));
  await prepareImages({ ...counting(3, reasons, { size: 2 }), shape: [4] });
  const floats = await prepareImages({
    ...counting(3, reasons, { size: 2 }),
    shape: [4],
    values: 'float32',
  });
  expect(floats.size).toBe(3);
  const changed = 'what it depends on has changed';
  expect(reasons).toEqual(['there was none', changed, changed, changed]);
});

test('after any changed byte, and if the file is shorter or longer, images are prepared again', async () => {
  await prepareImages(counting(9, []));
  const sound = await readFile(path);
  const expected = [...(await prepareImages(counting(9, []))).read(Uint32Array.of(0, 8))];
  const checkRepaired = async (): Promise<void> => {
    const reasons: string[] = [];
    const images = await prepareImages(counting(9, reasons));
    expect(reasons).toHaveLength(1);
    expect([...images.read(Uint32Array.of(0, 8))]).toEqual(expected);
    expect(await readFile(path)).toEqual(sound);
  };
  const header = sound.indexOf('   ');
  for (let at = 0; at < sound.length; at += at < header || at > sound.length - 60 ? 7 : 500) {
    await writeFile(path, sound.with(at, sound[at]! ^ 0x11));
    await checkRepaired();
  }
  for (const length of [0, 7, 20, header, sound.length - 1]) {
    await truncate(path, length);
    await checkRepaired();
  }
  await writeFile(path, Buffer.concat([sound, Buffer.of(0)]));
  await checkRepaired();
});

test('every flipped bit is found, in the header, its digest and the images', async () => {
  await prepareImages(counting(9, []));
  const sound = await readFile(path);
  const places = uniforms(randomKey(3), 200).map((uniform) =>
    Math.floor(uniform * 8 * sound.length),
  );
  // The whole digest, too.
  const digits = sound.indexOf('0 for these digits: ') + 20;
  const expected = {
    key: JSON.stringify({ shape: [2, 2], values: 'uint8', dependsOn: 'the same' }),
  };
  const open = () => openPrepared(path, { ...expected, shape: [2, 2], values: 'uint8' });
  expect(await open()).toMatchObject({ size: 9 });
  for (const bit of [
    ...places,
    ...Array.from({ length: 64 }, (_, i) => 8 * (digits + i) + (i % 8)),
  ]) {
    await writeFile(path, sound.with(bit >> 3, sound[bit >> 3]! ^ (1 << (bit & 7))));
    expect(await open(), `bit ${bit}`).toMatch(
      /^it is damaged$|^it has another|^what it depends on/,
    );
  }
});

/**
 * The same file as written before files had digests: with a CRC-32 of its data, then of its header.
 */
function withChecksum(bytes: Buffer): Buffer {
  const { tensors, metadata } = decodeSafetensors(bytes, 'prepared');
  const fileWith = (checksum: string): Buffer =>
    Buffer.from(
      encodeSafetensors({ tensors, metadata: { checksum, ...metadata } }, { digest: false }),
    );
  const zeros = fileWith('00000000');
  const dataStart = 8 + Number(zeros.readBigUInt64LE(0));
  const crc = crc32(zeros.subarray(0, dataStart), crc32(zeros.subarray(dataStart)));
  return fileWith(crc.toString(16).padStart(8, '0'));
}

test('a sound file of an earlier version, with a checksum instead of a digest, is used', async () => {
  await prepareImages(counting(9, []));
  const old = withChecksum(await readFile(path));
  const reasons: string[] = [];
  await writeFile(path, old);
  expect([...(await prepareImages(counting(9, reasons))).read(Uint32Array.of(8))]).toEqual([
    32, 33, 34, 35,
  ]);
  expect(reasons).toEqual([]);
  await writeFile(path, old.with(old.length - 1, 9));
  await prepareImages(counting(9, reasons));
  expect(reasons).toEqual(['it is damaged']);
});

test('a damaged file with very many arrays is prepared again like any other', async () => {
  await prepareImages(counting(2, []));
  const { tensors, metadata } = decodeSafetensors(await readFile(path), 'prepared');
  const none: SafetensorsTensor = { dtype: 'U8', shape: [0], data: new Uint8Array(0) };
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`${i}`, none]));
  const bytes = encodeSafetensors({ tensors: { ...tensors, ...many }, metadata });
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(path, bytes);
  const reasons: string[] = [];
  await prepareImages(counting(2, reasons));
  expect(reasons).toEqual(['it is damaged']);
});

test('bytes are rounded to the nearest whole number, floats stay as they are', async () => {
  const values = Float32Array.of(0, 0.49, 0.5, 254.51);
  const options = {
    path,
    dependsOn: 1,
    shape: [4],
    produce: (add: (v: Float32Array) => Promise<void>) => add(values),
  };
  expect([
    ...(await prepareImages({ ...options, values: 'uint8' })).read(Uint32Array.of(0)),
  ]).toEqual([0, 0, 1, 255]);
  expect((await prepareImages({ ...options, values: 'float32' })).read(Uint32Array.of(0))).toEqual(
    values,
  );
  values[1] = 256;
  await expect(prepareImages({ ...options, dependsOn: 2, values: 'uint8' })).rejects.toThrow(
    'a value of image 0 is 256, expected 0 to 255 for uint8: scale the images, or store float32',
  );
});

test('values arrive complete, whatever the sizes of the pieces', async () => {
  const values = uniforms(randomKey(1), 3 * 500_000).map((value) => Math.floor(value * 256));
  const options: PrepareImagesOptions = {
    path,
    dependsOn: 1,
    shape: [500_000],
    values: 'float32',
    async produce(add) {
      for (let at = 0; at < values.length; at += 333_333)
        await add(values.subarray(at, at + 333_333));
    },
  };
  const images = await prepareImages(options);
  expect(images.read(Uint32Array.of(0, 1, 2))).toEqual(values);
  expect((await prepareImages(options)).read(Uint32Array.of(2))).toEqual(
    values.subarray(1_000_000),
  );
});

test('if making them fails, the error passes through and the file stays as it was', async () => {
  const { size } = await prepareImages(counting(2, []));
  const failing = {
    ...counting(2, [], 'another'),
    produce: () => Promise.reject(new Error('no such picture')),
  };
  await expect(prepareImages(failing)).rejects.toThrow(new Error('no such picture'));
  expect((await prepareImages({ ...failing, dependsOn: 'the same' })).size).toBe(size);
  await expect(
    prepareImages({ ...failing, produce: (add) => add(new Uint8Array(6)) }),
  ).rejects.toThrow(/faces got 6 values, expected one or more images of 4 values$/);
  await expect(prepareImages({ ...failing, produce: () => Promise.resolve() })).rejects.toThrow(
    'got 0 values',
  );
});

test('a file that was replaced after it was opened is an error, not other images', async () => {
  const images = await prepareImages(counting(2, []));
  await prepareImages(counting(3, [], 'another'));
  expect(() => images.read(Uint32Array.of(0))).toThrow(/the file was replaced after it was opened/);
  expect(() => images.read(Uint32Array.of(2))).toThrow(/image 2 was requested, expected 0 to 1$/);
});

test('as a dataset they are scaled, labeled, shuffled and read one minibatch at a time', async () => {
  const images = await prepareImages(counting(3, []));
  const dataset = preparedDataset({ name: 'counts', images, labels: [0, 1, 1], scale: 0.5 });
  expect(dataset).toMatchObject({ name: 'counts', shape: [2, 2], size: 3, classes: 2 });
  expect(await rows(dataset, { size: 2 })).toEqual({
    inputs: [
      [
        [0, 0.5, 1, 1.5],
        [2, 2.5, 3, 3.5],
      ],
      [[4, 4.5, 5, 5.5]],
    ],
    labels: [[0, 1], [1]],
  });
  const shuffled = await rows(dataset, { size: 3, key: randomKey(4) });
  expect(shuffled.inputs[0]?.map(([first]) => first).toSorted()).toEqual([0, 2, 4]);
  const unit = await rows(preparedDataset({ name: 'counts', images }));
  expect(unit.inputs[0]?.[2]?.[3]).toBeCloseTo(11 / 255, 7);
  expect(() => preparedDataset({ name: 'counts', images, scale: NaN })).toThrow(
    'preparedDataset: option scale is NaN',
  );
});

test('a file is identified by name, size and time of change', async () => {
  const file = join(folder, 'source');
  await writeFile(file, 'abc');
  const identity = await fileIdentity(file);
  expect(identity).toMatchObject({ name: 'source', size: 3 });
  expect(await fileIdentity(file)).toEqual(identity);
  await expect(fileIdentity(join(folder, 'none'))).rejects.toThrow(
    /^fileIdentity: cannot find .*none \(ENOENT/,
  );
});

test('of several processes one makes the images; the others wait and learn who does', async () => {
  const [reasons, waited]: [string[], number[]] = [[], []];
  const options = counting(5, reasons);
  const all = await Promise.all(
    [1, 2, 3].map(() =>
      prepareImages({
        ...options,
        onWait: ({ pid }) => waited.push(pid),
        async produce(add, reason) {
          await expect.poll(() => waited.length, { timeout: 30_000 }).toBe(2);
          return options.produce(add, reason);
        },
      }),
    ),
  );
  expect(reasons).toEqual(['there was none']);
  expect(waited).toEqual([process.pid, process.pid]);
  for (const images of all) expect(images.size).toBe(5);
  expect(await readdir(join(folder, 'cache'))).toEqual(['faces']);
});
