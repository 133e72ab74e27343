import { encodeIdx } from '@deepbelief/data';
import { useBackend } from '@deepbelief/backend';
import { memory } from '@tensorflow/tfjs-core';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ownFiles, type DecodePicture } from '../src/digits/own-files.ts';
import { bars } from './support/tiny-engine.ts';

beforeAll(async () => void (await useBackend({ backend: 'wasm' })));

const noPicture: DecodePicture = async () => {
  throw new Error('no picture');
};
const { images, labels } = bars(40, 5);
const imageFile = {
  name: 'images-idx3',
  bytes: encodeIdx({ dtype: 'uint8', shape: [40, 8, 8], data: images }),
};
const labelFile = {
  name: 'labels-idx1',
  bytes: encodeIdx({ dtype: 'uint8', shape: [40], data: labels }),
};

test('idx files, gzipped or not, become the same bytes in the same order, a tenth or ten held out', async () => {
  const { numTensors } = memory();
  const packed = { name: 'images-idx3.gz', bytes: new Uint8Array(gzipSync(imageFile.bytes)) };
  for (const file of [imageFile, packed]) {
    const { store, test: testSet, own } = await ownFiles([labelFile, file], noPicture);
    expect({ ...store.options, own, held: (await testSet).size, labels: undefined }).toMatchObject({
      width: 8,
      height: 8,
      size: 30,
      classes: 2,
      own: true,
      held: 10,
    });
    const first = await store.first(30);
    const inputs = await first.inputsAt(Uint32Array.of(0, 29));
    expect(Array.from(await inputs.data(), (value) => Math.round(value * 255))).toEqual([
      ...images.subarray(0, 64),
      ...images.subarray(29 * 64, 30 * 64),
    ]);
    expect(first.labels![29]).toBe(labels[29]);
    inputs.dispose();
  }
  expect(memory().numTensors).toBe(numTensors);
});

test('pictures become gray squares of their middle, on white', async () => {
  // 60 × 30 pixels: the middle square is black on the left and transparent on the right, which
  // becomes white; the sides are red.
  const decode: DecodePicture = async () => {
    const rgba = new Uint8ClampedArray(4 * 60 * 30);
    for (let at = 0; at < 60 * 30; at++) {
      const x = at % 60;
      const [red, alpha] = x < 15 || x >= 45 ? [255, 255] : [0, x < 30 ? 255 : 0];
      rgba.set([red, 0, 0, alpha], 4 * at);
    }
    return { width: 60, height: 30, rgba };
  };
  const files = Array.from({ length: 20 }, (_, i) => ({
    name: `${i}.png`,
    bytes: new Uint8Array(1),
  }));
  const { store } = await ownFiles(files, decode);
  const inputs = await (await store.first(10)).inputsAt(Uint32Array.of(0));
  const row = Array.from((await inputs.data()).slice(0, 28));
  inputs.dispose();
  expect(row.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => 0));
  expect(row.slice(14)).toEqual(Array.from({ length: 14 }, () => 1));
});

test.each([
  { files: [], sentence: /^There is no file/ },
  { files: [labelFile], sentence: /^Among the idx files, 0 hold images and 1 hold labels/ },
  { files: [imageFile, imageFile], sentence: /^Among the idx files, 2 hold images/ },
  {
    files: [{ name: 'a.idx', bytes: imageFile.bytes.slice(0, 99) }],
    sentence: /^a\.idx: .*expected/,
  },
  {
    files: [{ name: 'a.txt', bytes: new Uint8Array(3) }],
    sentence: /^a\.txt is neither a picture/,
  },
  {
    files: [
      {
        name: 'a.idx',
        bytes: encodeIdx({ dtype: 'uint8', shape: [5, 2, 2], data: new Uint8Array(20) }),
      },
    ],
    sentence: /^There are 5 images, but training needs at least 20/,
  },
  {
    files: [
      {
        name: 'a.idx',
        bytes: encodeIdx({ dtype: 'uint8', shape: [1, 90, 90], data: new Uint8Array(8100) }),
      },
    ],
    sentence: /^a\.idx has images of 90 × 90/,
  },
  {
    files: [
      {
        name: 'a.idx',
        bytes: encodeIdx({ dtype: 'float32', shape: [20, 2, 2], data: new Float32Array(80) }),
      },
    ],
    sentence: /^a\.idx holds float32 numbers/,
  },
])('refuses with $sentence', async ({ files, sentence }) => {
  await expect(ownFiles(files, noPicture)).rejects.toThrow(sentence);
});
