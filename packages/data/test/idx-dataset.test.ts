import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeIdx, idxDataset, IdxError, idxLabels, type IdxArray } from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const file = (name: string, content: IdxArray): { name: string; bytes: Uint8Array } => ({
  name,
  bytes: encodeIdx(content),
});
const images = file('images', {
  dtype: 'uint8',
  shape: [2, 1, 2],
  data: Uint8Array.of(0, 255, 51, 102),
});
const labels = file('labels', { dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 2) });

test('joins images and labels, gzipped or not', async () => {
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

test('keeps numbers other than bytes as they are, and takes images without labels', async () => {
  const halves = file('halves', {
    dtype: 'float64',
    shape: [2, 2],
    data: Float64Array.of(0.5, -1.5, 300, 0),
  });
  const { inputs } = await rows(await idxDataset({ name: 'halves', images: halves }));
  expect(inputs).toEqual([
    [
      [0.5, -1.5],
      [300, 0],
    ],
  ]);
});

test('images and labels with different counts are an error that names both files and counts', async () => {
  const three = file('three', { dtype: 'uint8', shape: [3], data: new Uint8Array(3) });
  await expect(idxDataset({ name: 'digits', images, labels: three })).rejects.toThrow(
    'three: the file has 3 labels, expected 2 labels, one for each image of images',
  );
});

test('swapped files are an error', async () => {
  await expect(idxDataset({ name: 'digits', images: labels, labels: images })).rejects.toThrow(
    IdxError,
  );
  await expect(idxDataset({ name: 'digits', images, labels: images })).rejects.toThrow(
    'images: the file has uint8 of shape [2, 1, 2], expected labels: one dimension',
  );
});

test('a label that is outside the classes or not a whole number is an error', async () => {
  await expect(idxDataset({ name: 'digits', images, labels, classes: 5 })).rejects.toThrow(
    'labels[0] is 7, expected',
  );
  const broken = file('broken', { dtype: 'float32', shape: [2], data: Float32Array.of(0, 0.5) });
  await expect(idxDataset({ name: 'digits', images, labels: broken })).rejects.toThrow(
    'broken: labels[1] is 0.5, expected',
  );
});

test('NaN in an image is an error that says where', async () => {
  const broken = file('broken', {
    dtype: 'float32',
    shape: [2, 2],
    data: Float32Array.of(0, 0, 0, NaN),
  });
  await expect(idxDataset({ name: 'digits', images: broken })).rejects.toThrow(
    'digits: value 1 of example 1 is NaN',
  );
});

const int32 = (name: string, shape: readonly number[], values: readonly number[]) =>
  file(name, { dtype: 'int32', shape, data: Int32Array.from(values) });

test('labels may have any number type', async () => {
  for (const content of [
    { dtype: 'int8', data: Int8Array.of(7, 2) },
    { dtype: 'int16', data: Int16Array.of(7, 2) },
    { dtype: 'int32', data: Int32Array.of(7, 2) },
    { dtype: 'float32', data: Float32Array.of(7, 2) },
    { dtype: 'float64', data: Float64Array.of(7, 2) },
  ]) {
    const typed = file('labels', { ...content, shape: [2] } as IdxArray);
    expect((await idxDataset({ name: 'digits', images, labels: typed })).labels).toEqual(
      Int32Array.of(7, 2),
    );
  }
});

test('with eight int32 columns, as in QMNIST, the first is the class', async () => {
  const qmnist = int32('qmnist', [2, 8], [5, 0, 2, 9, 1, 4, 0, 0, 3, 1, 7, 7, 2, 3, 0, 0]);
  expect(await idxLabels(qmnist)).toEqual(Int32Array.of(5, 3));
  expect((await idxDataset({ name: 'digits', images, labels: qmnist })).labels).toEqual(
    Int32Array.of(5, 3),
  );
  await expect(
    idxLabels(
      int32(
        'ten',
        [2, 10],
        Array.from({ length: 20 }, () => 0),
      ),
    ),
  ).rejects.toThrow(
    'ten: the file has int32 of shape [2, 10], expected labels: one dimension, as in [60000], ' +
      'or int32 of shape',
  );
});

test('a list maps labels that do not start at 0 to classes', async () => {
  const letters = file('letters', { dtype: 'uint8', shape: [2], data: Uint8Array.of(26, 1) });
  const classLabels = Array.from({ length: 26 }, (_, i) => i + 1);
  const dataset = await idxDataset({ name: 'letters', images, labels: letters, classLabels });
  expect(dataset.classes).toBe(26);
  expect(dataset.labels).toEqual(Int32Array.of(25, 0));
  const few = idxDataset({ name: 'letters', images, labels: letters, classLabels: [1, 2, 3] });
  await expect(few).rejects.toThrow(
    'letters: label 0 is 26, expected one of 1 to 3: check that the files belong',
  );
  await expect(
    idxDataset({ name: 'letters', images, labels: letters, classLabels: [1, 1] }),
  ).rejects.toThrow('idxDataset: classLabels is [1,1], expected each label once');
});

test('a scale works for numbers of every type', async () => {
  const wide = int32('wide', [2, 2], [0, 255, 51, 102]);
  const expected = [
    [
      [0, 1],
      [Math.fround(0.2), Math.fround(0.4)],
    ],
  ];
  expect(
    (await rows(await idxDataset({ name: 'wide', images: wide, scale: 1 / 255 }))).inputs,
  ).toEqual(expected);
  const bits = file('bits', { dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(0, 1, 1, 0) });
  expect((await rows(await idxDataset({ name: 'bits', images: bits, scale: 1 }))).inputs).toEqual([
    [
      [0, 1],
      [1, 0],
    ],
  ]);
});

test.each<[string, IdxArray, object, string]>([
  [
    'int32 that were never scaled',
    { dtype: 'int32', shape: [2, 2], data: Int32Array.of(0, 1, 128, 255) },
    {},
    'wide: value 0 of image 1 is 128 (int32), expected 0 to 1: scale the values: a scale of ' +
      '1/255 brings them into range',
  ],
  [
    'bytes of another scale',
    { dtype: 'uint8', shape: [1, 2], data: Uint8Array.of(0, 3) },
    { scale: 0.5 },
    'wide: value 1 of image 0 is 3 (uint8), scaled 1.5, expected 0 to 1: scale the values: a ' +
      'scale of 1/3',
  ],
  [
    'negative values',
    { dtype: 'float32', shape: [1, 2], data: Float32Array.of(-1, 1) },
    {},
    'wide: value 0 of image 0 is -1 (float32), expected 0 to 1: scale and shift the values ' +
      'into this range',
  ],
  [
    'NaN',
    { dtype: 'float32', shape: [1, 2], data: Float32Array.of(0, NaN) },
    {},
    'wide: value 1 of image 0 is NaN (float32), expected 0 to 1',
  ],
])('values out of the range asked for are refused: %s', async (_, content, options, message) => {
  const wide = file('wide', content);
  await expect(
    idxDataset({ name: 'wide', images: wide, range: [0, 1], ...options }),
  ).rejects.toThrow(message);
  await expect(
    idxDataset({ name: 'wide', images: wide, range: [0, 1], ...options }),
  ).rejects.toThrow(IdxError);
});

test('images that lie on their sides, as in EMNIST, are turned upright', async () => {
  // A 2 × 3 image [[0, 1, 2], [3, 4, 5]], column after column; then the same plus 10.
  const columns = [0, 3, 1, 4, 2, 5];
  for (const dtype of ['int16', 'uint8'] as const) {
    const numbers = [...columns, ...columns.map((value) => value + 10)];
    const data = dtype === 'uint8' ? Uint8Array.from(numbers) : Int16Array.from(numbers);
    const lying = file('lying', { dtype, shape: [2, 3, 2], data } as IdxArray);
    const dataset = await idxDataset({ name: 'd', images: lying, transposed: true, scale: 1 });
    expect(dataset.shape).toEqual([2, 3]);
    expect((await rows(dataset)).inputs).toEqual([
      [
        [0, 1, 2, 3, 4, 5],
        [10, 11, 12, 13, 14, 15],
      ],
    ]);
  }
  const flat = file('flat', { dtype: 'uint8', shape: [2, 3], data: new Uint8Array(6) });
  await expect(idxDataset({ name: 'd', images: flat, transposed: true })).rejects.toThrow(
    'flat: the images have shape [3], expected height and width, to turn them',
  );
});

const KINDS = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

test.for(Object.keys(KINDS) as (keyof typeof KINDS)[])(
  'images of two to four dimensions, and labels, may be %s',
  async (dtype) => {
    const numbers = Array.from({ length: 12 }, (_, i) => (dtype.startsWith('u') ? i : i - 6));
    const data = KINDS[dtype].from(numbers);
    for (const shape of [
      [2, 6],
      [2, 3, 2],
      [2, 1, 2, 3],
    ]) {
      const numbered = file('x', { dtype, shape, data } as IdxArray);
      const own = KINDS[dtype].of(1, 0);
      const named = file('y', { dtype, shape: [2], data: own } as IdxArray);
      const dataset = await idxDataset({ name: 'd', images: numbered, labels: named, scale: 1 });
      expect(dataset.shape).toEqual(shape.slice(1));
      expect(await rows(dataset)).toEqual({
        inputs: [[numbers.slice(0, 6), numbers.slice(6)]],
        labels: [[1, 0]],
      });
    }
  },
);
