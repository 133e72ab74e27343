import { anything, checkOptions, finiteNumber, present } from '@deepbelief/checks';
import type { IndexedDataset } from './dataset.ts';
import { indexedDataset } from './indexed-dataset.ts';
import type { PreparedImages } from './prepared-file.ts';

/** Options of `preparedDataset`. */
export interface PreparedDatasetOptions {
  readonly name: string;
  /** From `prepareImages`. */
  readonly images: PreparedImages;
  /** Class number of every image. */
  readonly labels?: ArrayLike<number>;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
  /**
   * The factor for stored values. Default: 1/255 for uint8, so that inputs are 0 to 1, and 1 for
   * float32.
   */
  readonly scale?: number;
}

/**
 * Makes a dataset of prepared images, read from their file one minibatch at a time.
 *
 * @throws RangeError if the labels do not fit or scale is not finite. Reading throws like
 *   `PreparedImages.read`
 */
export function preparedDataset(options: PreparedDatasetOptions): IndexedDataset {
  // `indexedDataset` checks the others.
  checkOptions('preparedDataset', options, {
    name: anything,
    images: present,
    labels: anything,
    classes: anything,
    scale: finiteNumber(),
  });
  const {
    name,
    images,
    labels,
    classes,
    scale = images.values === 'uint8' ? 1 / 255 : 1,
  } = options;
  return indexedDataset({
    name,
    shape: images.shape,
    size: images.size,
    ...(labels && { labels }),
    ...(classes !== undefined && { classes }),
    valuesAt(indices) {
      const stored = images.read(indices);
      const inputs = new Float32Array(stored.length);
      for (let i = 0; i < stored.length; i++) inputs[i] = stored[i]! * scale;
      return inputs;
    },
  });
}
