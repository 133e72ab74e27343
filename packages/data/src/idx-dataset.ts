import type { IndexedDataset } from './dataset.ts';
import { IdxError } from './idx-error.ts';
import { inMemoryDataset } from './in-memory-dataset.ts';
import { readIdx } from './read-idx.ts';

/** A file's bytes, as read or fetched, and its name for messages. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What `idxDataset` makes a dataset from. */
export interface IdxDatasetOptions {
  readonly name: string;
  /** An idx file of two dimensions or more, the first one counting examples; packed with gzip or not. */
  readonly images: NamedBytes;
  /** An idx file of one dimension; packed with gzip or not. */
  readonly labels?: NamedBytes;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
}

/**
 * A dataset in memory from idx files, such as MNIST's. Bytes are scaled to 0 to 1, other numbers taken as they are.
 *
 * @throws IdxError for an unsound file, images without a second dimension, labels with one, or as many labels as there
 *   are not images; RangeError for labels outside the classes or numbers that are not finite
 */
export async function idxDataset(options: IdxDatasetOptions): Promise<IndexedDataset> {
  const { name, classes } = options;
  const images = await readIdx(options.images.bytes, options.images.name);
  const [size = 0, ...shape] = images.shape;
  if (shape.length === 0) {
    throw new IdxError(
      options.images.name,
      `the file has one dimension, [${size}]`,
      'two or more, as in [60000, 28, 28]',
      'give the images, not the labels',
    );
  }
  const labels = options.labels && (await readLabels(options.labels, options.images.name, size));
  return inMemoryDataset({
    name,
    shape,
    inputs: images.dtype === 'uint8' ? images.data : Float32Array.from(images.data),
    ...(labels && { labels }),
    ...(classes !== undefined && { classes }),
  });
}

async function readLabels(file: NamedBytes, images: string, size: number): Promise<ArrayLike<number>> {
  const { shape, data } = await readIdx(file.bytes, file.name);
  if (shape.length === 1 && shape[0] === size) return data;
  throw new IdxError(
    file.name,
    shape.length === 1 ? `the file has ${shape[0]} labels` : `the file has shape [${shape.join(', ')}]`,
    `${size} labels, one for each image of ${images}`,
    'give two files that belong together',
  );
}
