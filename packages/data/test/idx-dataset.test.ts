import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeIdx, idxDataset, IdxError, type IdxArray } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const file = (name: string, content: IdxArray): { name: string; bytes: Uint8Array } => ({
  name,
  bytes: encodeIdx(content),
});
const images = file('images', { dtype: 'uint8', shape: [2, 1, 2], data: Uint8Array.of(0, 255, 51, 102) });
const labels = file('labels', { dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 2) });

test('joins images and labels, packed or not', async () => {
  const packed = { name: 'labels.gz', bytes: gzipSync(labels.bytes) };
  for (const both of [
    { images, labels },
    { images, labels: packed },
  ]) {
    const dataset = await idxDataset({ name: 'digits', ...both, classes: 10 });
    expect(dataset).toMatchObject({ name: 'digits', size: 2, shape: [1, 2], classes: 10 });
    expect(await rows(dataset)).toEqual({
      inputs: [
        [
          [0, 1],
          [Math.fround(0.2), Math.fround(0.4)],
        ],
      ],
      labels: [[7, 2]],
    });
  }
});

test('takes numbers other than bytes as they are, and images without labels', async () => {
  const halves = file('halves', { dtype: 'float64', shape: [2, 2], data: Float64Array.of(0.5, -1.5, 300, 0) });
  const { inputs } = await rows(await idxDataset({ name: 'halves', images: halves }));
  expect(inputs).toEqual([
    [
      [0.5, -1.5],
      [300, 0],
    ],
  ]);
});

test('images and labels that disagree in count are an error that names both files and counts', async () => {
  const three = file('three', { dtype: 'uint8', shape: [3], data: new Uint8Array(3) });
  await expect(idxDataset({ name: 'digits', images, labels: three })).rejects.toThrow(
    'three: the file has 3 labels, expected 2 labels, one for each image of images',
  );
});

test('files in each other’s place are an error', async () => {
  await expect(idxDataset({ name: 'digits', images: labels, labels: images })).rejects.toThrow(IdxError);
  await expect(idxDataset({ name: 'digits', images, labels: images })).rejects.toThrow(
    'images: the file has shape [2, 1, 2], expected 2 labels',
  );
});

test('a label outside the classes, or no whole number, is an error', async () => {
  await expect(idxDataset({ name: 'digits', images, labels, classes: 5 })).rejects.toThrow('label 0 is 7, expected');
  const broken = file('broken', { dtype: 'float32', shape: [2], data: Float32Array.of(0, 0.5) });
  await expect(idxDataset({ name: 'digits', images, labels: broken })).rejects.toThrow('label 1 is 0.5, expected');
});

test('NaN among the images is an error that says where', async () => {
  const broken = file('broken', { dtype: 'float32', shape: [2, 2], data: Float32Array.of(0, 0, 0, NaN) });
  await expect(idxDataset({ name: 'digits', images: broken })).rejects.toThrow('digits: value 1 of example 1 is NaN');
});
