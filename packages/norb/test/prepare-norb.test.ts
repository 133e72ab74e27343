import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { memory, ready, type Tensor2D } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNorb, type NorbParts } from '../src/open-norb.ts';
import { prepareNorb } from '../src/prepare-norb.ts';
import { splitByInstance } from '../src/split-by-instance.ts';
import { grayLevel, IMAGE_SIZE, pack, writeMadeUp } from './made-up.ts';

let folder: string;
let cache: string;
let parts: NorbParts;
beforeEach(async () => {
  await ready();
  folder = await writeMadeUp('jittered-cluttered');
  cache = join(folder, 'cache');
  parts = await openNorb(folder);
});
afterEach(() => rm(folder, { recursive: true }));

async function values(inputs: Promise<Tensor2D>): Promise<Float32Array> {
  const tensor = await inputs;
  const data = await tensor.data<'float32'>();
  tensor.dispose();
  return data;
}

/** The mean gray level of a block of 2×2 pixels of an eye, as a fraction. */
function block(pair: number, part: number, eye: number, row: number, column: number): number {
  let sum = 0;
  for (const y of [2 * row, 2 * row + 1]) {
    for (const x of [2 * column, 2 * column + 1]) {
      sum += grayLevel('training', part, pair, eye * IMAGE_SIZE ** 2 + y * IMAGE_SIZE + x);
    }
  }
  return sum / 4 / 255;
}

test('pairs of all parts are block means of both eyes, in order', async () => {
  const before = memory().numTensors;
  const dataset = await prepareNorb(parts.training, { cache, size: 2, values: 'float32' });
  expect(dataset).toMatchObject({
    shape: [2, 2, 2],
    size: 60,
    classes: 6,
    variant: 'jittered-cluttered',
  });
  for (const [index, part, pair] of [
    [0, 1, 0],
    [29, 1, 29],
    [30, 2, 0],
    [47, 2, 17],
  ] as const) {
    const expected = [0, 1, 2, 3].flatMap((at) =>
      [0, 1].map((eye) => block(pair, part, eye, Math.floor(at / 2), at % 2)),
    );
    const found = await values(dataset.inputsAt(Uint32Array.of(index)));
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    expect(dataset.labels[index]).toBe(pair % 6);
    expect(dataset.columns[10 * index + 9]).toBe(-4);
  }
  expect(memory().numTensors).toBe(before);
});

test('one eye, and bytes rounded to the nearest', async () => {
  for (const [eyes, eye] of [
    ['left', 0],
    ['right', 1],
  ] as const) {
    const dataset = await prepareNorb(parts.training, { cache, size: 2, eyes });
    expect(dataset.shape).toEqual([2, 2]);
    const found = await values(dataset.inputsAt(Uint32Array.of(3)));
    found.forEach((value, i) => {
      const exact = 255 * block(3, 1, eye, Math.floor(i / 2), i % 2);
      expect(value).toBeCloseTo(Math.floor(exact + 0.5) / 255, 6);
    });
  }
});

test('gzipped files give the same', async () => {
  const plain = await values(
    (await prepareNorb(parts.testing, { cache, size: 3 })).inputsAt(Uint32Array.of(8, 2)),
  );
  await rm(cache, { recursive: true });
  await pack(folder);
  const packed = await openNorb(folder);
  expect(packed.testing[0]!.file).toMatch(/\.gz$/);
  const other = join(folder, 'other');
  const again = await values(
    (await prepareNorb(packed.testing, { cache: other, size: 3 })).inputsAt(Uint32Array.of(8, 2)),
  );
  expect(again).toEqual(plain);
});

test('prepared once, read again; progress reaches the end', async () => {
  const told: number[] = [];
  const options = {
    cache,
    size: 2,
    onProgress: (done: number, pairs: number) => told.push(done, pairs),
  };
  await prepareNorb(parts.training, options);
  expect(told).toEqual([30, 60, 60, 60]);
  const [name] = await readdir(cache);
  const { mtimeMs } = await stat(join(cache, name!));
  await prepareNorb(parts.training, options);
  expect(told).toHaveLength(4);
  expect((await stat(join(cache, name!))).mtimeMs).toBe(mtimeMs);
});

test('parts of different sets are refused', async () => {
  await expect(prepareNorb([...parts.training, ...parts.testing], { cache })).rejects.toThrow(
    /parts are \[jittered-cluttered training 4×4, .*\], expected one or more of one set/,
  );
  await expect(prepareNorb([], { cache })).rejects.toThrow(/parts are \[\], expected one or more/);
});

test('held-out instances are in no training pair, and blanks are shared in proportion', async () => {
  const dataset = await prepareNorb(parts.training, { cache, size: 2 });
  const { training, validation } = splitByInstance(dataset, [9]);
  expect([training.size, validation.size]).toEqual([48, 12]);
  // A part deals five toys of each of six categories, one after another: instance 9 is the last six
  // pairs of 30, and of its ten blanks every fifth goes to validation.
  const instance = (index: number): number => dataset.columns[10 * index]!;
  const held = Array.from(dataset.labels, (label, i) => (label < 5 ? instance(i) === 9 : false));
  expect(held.filter(Boolean)).toHaveLength(10);
  const counts = [0, 0, 0, 0, 0, 0];
  validation.labels!.forEach((label) => counts[label]!++);
  expect(counts).toEqual([2, 2, 2, 2, 2, 2]);
  const first = await values(validation.inputsAt(Uint32Array.of(0)));
  expect(first).toEqual(await values(dataset.inputsAt(Uint32Array.of(held.indexOf(true)))));
});

test('missing instances, or all instances, cannot be held out', async () => {
  const dataset = await prepareNorb(parts.training, { cache, size: 2 });
  for (const heldOut of [[], [5], [9, 9], [4, 6, 7, 8, 9]]) {
    expect(() => splitByInstance(dataset, heldOut)).toThrow(
      /expected some but not all of 4, 6, 7, 8, 9/,
    );
  }
});
