import { appendFile, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeMatHeader } from '../src/mat-header.ts';
import type { NorbPart } from '../src/norb-part.ts';
import { openNorb } from '../src/open-norb.ts';
import { readNorbImages } from '../src/read-norb-images.ts';
import { grayLevel, IMAGE_SIZE, pack, PAIR_BYTES, pairsOf, writeMadeUp } from './made-up.ts';

const variant = 'jittered-cluttered';
let folder: string;
beforeEach(async () => {
  folder = await writeMadeUp(variant);
});
afterEach(() => rm(folder, { recursive: true }));

async function readAll(part: NorbPart): Promise<number[]> {
  const all: number[] = [];
  for await (const { first, count, images } of readNorbImages(part)) {
    expect(first).toBe(all.length / PAIR_BYTES);
    expect(images.length).toBe(count * PAIR_BYTES);
    all.push(...images);
  }
  return all;
}

test.each(['plain', 'gzipped'])('images of %s files come in order', async (how) => {
  if (how === 'gzipped') await pack(folder);
  const { training, testing } = await openNorb(folder);
  for (const part of [...training, ...testing]) {
    const expected = Array.from({ length: pairsOf(variant) * PAIR_BYTES }, (_, i) =>
      grayLevel(part.set, part.part, Math.floor(i / PAIR_BYTES), i % PAIR_BYTES),
    );
    expect(await readAll(part)).toEqual(expected);
  }
});

test.each(['plain', 'gzipped'])('a %s file of more than one buffer is read whole', async (how) => {
  // 150,000 pairs of 32 bytes are 4.8 MB, a buffer 4.2 MB.
  const pairs = 150_000;
  const bytes = new Uint8Array(24 + pairs * PAIR_BYTES);
  bytes.set(encodeMatHeader('uint8', [pairs, 2, IMAGE_SIZE, IMAGE_SIZE]));
  for (let i = 24; i < bytes.length; i++) bytes[i] = (i * 2654435761) >>> 24;
  const [part] = (await openNorb(folder)).training;
  const file = how === 'gzipped' ? `${part!.file}.gz` : part!.file;
  await writeFile(file, how === 'gzipped' ? gzipSync(bytes) : bytes);
  let at = 24;
  let chunks = 0;
  for await (const { images, count } of readNorbImages({ ...part!, file, pairs })) {
    expect(Buffer.compare(images, bytes.subarray(at, at + images.length))).toBe(0);
    expect(images.length).toBe(count * PAIR_BYTES);
    at += images.length;
    chunks++;
  }
  expect(at).toBe(bytes.length);
  expect(chunks).toBe(2);
});

test('stopping early leaves no file open', async () => {
  const [part] = (await openNorb(folder)).training;
  for await (const { count } of readNorbImages(part!)) {
    expect(count).toBe(pairsOf(variant));
    break;
  }
  await rm(part!.file);
});

test.each([
  [
    'cut',
    (bytes: Uint8Array) => gzipSync(bytes.subarray(0, -1)),
    /the file ends at byte 983, expected 984 bytes, for uint8/,
  ],
  [
    'longer',
    (bytes: Uint8Array) => gzipSync(Buffer.concat([bytes, bytes])),
    /continues to byte 1968 at byte 984/,
  ],
  [
    'cut gzip',
    (_: Uint8Array, packed: Uint8Array) => packed.subarray(0, -9),
    /gzip data cannot be unpacked .* at byte \d+/,
  ],
  ['of another shape', (bytes: Uint8Array) => gzipSync(changed(bytes)), /has changed at byte 0/],
])('a gzipped file that is %s is an error when it is read', async (_, damage, message) => {
  await pack(folder);
  const [part] = (await openNorb(folder)).training;
  const packed = await readFile(part!.file);
  await writeFile(part!.file, damage(gunzipSync(packed), packed));
  await expect(readAll(part!)).rejects.toThrow(message);
});

function changed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[8] = 1;
  return copy;
}

test('a file that changed since it was opened is an error', async () => {
  const [first, second] = (await openNorb(folder)).training;
  await truncate(first!.file, 100);
  await expect(readAll(first!)).rejects.toThrow(/the file ends at byte 100, expected 984 bytes/);
  await appendFile(second!.file, 'x');
  await expect(readAll(second!)).rejects.toThrow(/continues to byte 985/);
});

test('sparse files of the exact original size are read through their holes', async () => {
  const [part] = (await openNorb(folder)).testing;
  const file = await open(part!.file, 'w');
  await file.write(encodeMatHeader('uint8', [29160, 2, 108, 108]));
  await file.truncate(680_244_504);
  await file.close();
  let pairs = 0;
  for await (const { count, images } of readNorbImages({
    ...part!,
    pairs: 29160,
    imageSize: 108,
  })) {
    expect(images[images.length - 1]).toBe(0);
    pairs += count;
  }
  expect(pairs).toBe(29160);
});
