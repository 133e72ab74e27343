import {
  argumentError,
  aList,
  anything,
  checkList,
  checkOptions,
  finiteNumber,
  flag,
  required,
  shown,
  aText,
} from '@deepbelief/checks';
import type { IndexedDataset } from './dataset.ts';
import { IdxError } from './idx-error.ts';
import { idxLabels, type NamedBytes } from './idx-labels.ts';
import type { IdxArray } from './idx.ts';
import { inMemoryDataset } from './in-memory-dataset.ts';
import { readIdx, type ReadIdxOptions } from './read-idx.ts';

/** Options of `idxDataset`. */
export interface IdxDatasetOptions {
  readonly name: string;
  /** An idx file of two or more dimensions, gzipped or not. The first dimension counts examples. */
  readonly images: NamedBytes;
  /** An idx file for `idxLabels`, gzipped or not: one label for each image. */
  readonly labels?: NamedBytes;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
  /**
   * Which labels in the file are the classes. [1, 2, …, 26] makes label 1 class 0, as EMNIST's
   * letters need. Without it, labels are class numbers.
   */
  readonly classLabels?: readonly number[];
  /**
   * The factor for all values. Default: 1/255 for bytes, so that inputs are 0 to 1, and 1 for other
   * numbers.
   */
  readonly scale?: number;
  /**
   * The range in which scaled values must lie, such as [0, 1] for binary units. Default: any. With
   * a range and no scale, bytes that are all 0 or 1 are refused too, because 1/255 would make them
   * almost 0.
   */
  readonly range?: readonly [low: number, high: number];
  /**
   * Whether images lie on their sides, with columns where rows should be, as EMNIST's do. They are
   * then turned upright. Default false.
   */
  readonly transposed?: boolean;
  /** The most bytes that a compressed file may unpack to; default 2 GiB. */
  readonly maxBytes?: number;
}

/**
 * Makes a dataset in memory from idx files, such as MNIST's. Without a scale, bytes are scaled to 0
 * to 1 and other numbers stay as they are.
 *
 * @throws IdxError for a bad file, images with one dimension, labels with two, a number of labels
 *   that differs from the number of images, and values out of range; RangeError for labels outside
 *   the classes, numbers that are not finite, and unknown options
 */
export async function idxDataset(options: IdxDatasetOptions): Promise<IndexedDataset> {
  checkOptions('idxDataset', options, {
    name: required(aText),
    images: required(namedBytes),
    labels: namedBytes,
    classes: anything,
    classLabels: aList,
    scale: finiteNumber(),
    range: { ...aList, expected: '[lowest, highest]' },
    transposed: flag,
    maxBytes: finiteNumber({ low: 1 }),
  });
  const { name, classes, classLabels, range, maxBytes, transposed = false } = options;
  const limit = maxBytes === undefined ? {} : { maxBytes };
  const images = await readIdx(options.images.bytes, options.images.name, limit);
  const [size = 0, ...stored] = images.shape;
  if (transposed && stored.length !== 2) {
    throw new IdxError(
      options.images.name,
      `the images have shape [${stored.join(', ')}]`,
      'height and width, to turn them',
      'leave transposed out',
    );
  }
  const shape = transposed ? stored.toReversed() : stored;
  if (shape.length === 0) {
    throw new IdxError(
      options.images.name,
      `the file has one dimension, [${size}]`,
      'two or more, as in [60000, 28, 28]',
      'use the images, not the labels',
    );
  }
  const labels =
    options.labels &&
    (await readLabels(options.labels, options.images.name, size, classLabels, limit));
  const scale = options.scale ?? (images.dtype === 'uint8' ? 1 / 255 : 1);
  if (options.scale === undefined && range !== undefined) checkNotBits(options.images.name, images);
  if (range !== undefined) checkRange(options.images.name, images, scale, range);
  const count = classes ?? (labels && classLabels?.length);
  const data = transposed ? upright(images.data, stored) : images.data;
  return inMemoryDataset({
    name,
    shape,
    ...(data instanceof Uint8Array ? { inputs: data, scale } : { inputs: scaled(data, scale) }),
    ...(labels && { labels }),
    ...(count !== undefined && { classes: count }),
  });
}

/** Returns one label for each image, as class numbers. */
async function readLabels(
  file: NamedBytes,
  images: string,
  size: number,
  classLabels: readonly number[] | undefined,
  limit: ReadIdxOptions,
): Promise<Int32Array> {
  const labels = await idxLabels(file, limit);
  if (labels.length === size)
    return classLabels ? classesOf(labels, classLabels, file.name) : labels;
  throw new IdxError(
    file.name,
    `the file has ${labels.length} labels`,
    `${size} labels, one for each image of ${images}`,
    'use two files that belong together',
  );
}

const namedBytes = {
  expected: 'a file { name, bytes }, where bytes is a Uint8Array',
  accepts: (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    'bytes' in value &&
    value.bytes instanceof Uint8Array,
  optional: true,
};

/** Images with rows and columns exchanged. */
function upright(data: IdxArray['data'], stored: readonly number[]): IdxArray['data'] {
  const [columns = 1, rows = 1] = stored;
  const result = data.slice();
  for (let image = 0; image < data.length; image += rows * columns)
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        result[image + y * columns + x] = data[image + x * rows + y]!;
  return result;
}

function scaled(data: IdxArray['data'], scale: number): Float32Array {
  const inputs = data instanceof Float32Array ? data : new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) inputs[i] = data[i]! * scale;
  return inputs;
}

/**
 * Throws an IdxError with the first value out of range, and a scale that would bring all of them
 * into it.
 */
function checkRange(
  file: string,
  { data, shape, dtype }: IdxArray,
  scale: number,
  [low, high]: readonly [number, number],
): void {
  let bad = -1;
  let largest = 0;
  let least = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (bad === -1 && !(value * scale >= low && value * scale <= high)) bad = i;
    largest = Math.max(largest, value);
    least = Math.min(least, value);
  }
  if (bad === -1) return;
  const values = data.length / shape[0]!;
  const remedy =
    low === 0 && least >= 0 && Number.isFinite(largest)
      ? `scale the values: a scale of ${high}/${largest} brings them into range`
      : 'scale and shift the values into this range';
  throw new IdxError(
    file,
    `value ${bad % values} of image ${Math.floor(bad / values)} is ${data[bad]}` +
      (scale === 1
        ? ` (${dtype})`
        : ` (${dtype}), scaled ${Number((data[bad]! * scale).toPrecision(6))}`),
    `${low} to ${high}`,
    remedy,
  );
}

/**
 * Throws an IdxError for bytes that are all 0 or 1, because dividing them by 255 would make them
 * almost 0.
 */
function checkNotBits(file: string, { data, dtype }: IdxArray): void {
  if (
    dtype !== 'uint8' ||
    data.reduce((most: number, value: number) => Math.max(most, value), 0) !== 1
  )
    return;
  const found = 'all bytes are 0 or 1, and 1/255 would make them 0 and 0.004';
  throw new IdxError(file, found, 'gray levels to 255', 'set a scale: 1 leaves them as they are');
}

/** Converts labels to class numbers. */
function classesOf(labels: Int32Array, classLabels: readonly number[], file: string): Int32Array {
  checkList('idxDataset', 'classLabels', classLabels, { whole: true });
  const numbers = new Map(classLabels.map((label, i) => [label, i]));
  if (numbers.size !== classLabels.length) {
    throw argumentError(
      `idxDataset: classLabels is ${shown(classLabels)}, expected each label once`,
    );
  }
  return labels.map((label, i) => {
    const number = numbers.get(label);
    if (number !== undefined) return number;
    throw new IdxError(
      file,
      `label ${i} is ${label}`,
      `one of ${rangesOf(classLabels)}`,
      'check that the files belong together',
    );
  });
}

/** Writes whole numbers the way people do: `1 to 26`, `0, 2, 5`. */
function rangesOf(numbers: readonly number[]): string {
  const isRow =
    numbers.length > 2 && numbers.every((number, i) => i === 0 || number === numbers[i - 1]! + 1);
  return isRow
    ? `${numbers[0]} to ${numbers.at(-1)}`
    : shown(numbers).slice(1, -1).replaceAll(',', ', ');
}
