import { argumentError, anything, checkOptions, finiteNumber } from '@deepbelief/checks';
import {
  idxDataset,
  idxLabels,
  MAX_IDX_BYTES,
  take,
  type IdxDatasetOptions,
  type IndexedDataset,
  type NamedBytes,
} from '@deepbelief/data';
import { readRegularFile, RegularFileError } from '@deepbelief/data/node';
import { DatasetFilesError } from './dataset-files-error.ts';
import { findIdxFiles, type IdxFiles } from './find-idx-files.ts';

/** A training and a test set. */
export interface TrainAndTest {
  readonly train: IndexedDataset;
  readonly test: IndexedDataset;
  /** The files' labels for classes 0, 1, …, if they differ: EMNIST's letters count from 1. */
  readonly classLabels?: readonly number[];
}

/** Options for loading a folder of idx files. */
export interface IdxFolderOptions extends Pick<
  IdxDatasetOptions,
  'classLabels' | 'scale' | 'range' | 'maxBytes' | 'transposed'
> {
  /**
   * Number of classes; labels are then class numbers. Default, if there is no `classLabels` either:
   * one class for each label in the training or test set, in the labels' order.
   */
  readonly classes?: number;
  /** Keeps only the first examples of a set. */
  readonly limits?: { readonly train?: number; readonly test?: number };
}

/**
 * Loads a folder with four files in MNIST's format, each plain or with `.gz`: MNIST itself,
 * Fashion-MNIST, KMNIST, EMNIST, QMNIST and others. The files have MNIST's names, possibly all with
 * one prefix. If a folder holds several datasets, the path ends with the name of one:
 * `gzip/emnist-letters`. Bytes become 0 to 1.
 *
 * @param directory the folder
 * @param name the datasets' name: `fashion` gives `fashion train` and `fashion test`
 * @throws DatasetFilesError that names the folder and the four files if one is missing or cannot be
 *   read; IdxError for a bad file, counts that disagree or values out of range; RangeError for
 *   labels outside the classes, training and test images of different shapes, a limit out of range,
 *   or an unknown option
 */
export async function loadIdxFolder(
  directory: string,
  name: string,
  options: IdxFolderOptions = {},
): Promise<TrainAndTest> {
  checkOptions('loadIdxFolder', options, {
    classes: anything,
    classLabels: anything,
    scale: anything,
    range: anything,
    transposed: anything,
    maxBytes: finiteNumber({ low: 1 }),
    limits: anything,
  });
  const { limits = {}, classes, classLabels, maxBytes = MAX_IDX_BYTES, ...values } = options;
  const whole = finiteNumber({ low: 1, whole: true });
  checkOptions('loadIdxFolder: limits', limits, { train: whole, test: whole });
  const files = await findIdxFiles(directory);
  const [trainFiles, testFiles] = await Promise.all([
    readSet(files.train, maxBytes),
    readSet(files.test, maxBytes),
  ]);
  const labels =
    classLabels ??
    (classes === undefined
      ? await labelsOf([trainFiles.labels, testFiles.labels], maxBytes)
      : undefined);
  async function load(
    set: 'train' | 'test',
    given: Awaited<ReturnType<typeof readSet>>,
  ): Promise<IndexedDataset> {
    const dataset = await idxDataset({
      name: `${name} ${set}`,
      ...given,
      ...values,
      maxBytes,
      ...(classes !== undefined && { classes }),
      ...(labels !== undefined && { classLabels: labels }),
    });
    const limit = limits[set];
    return limit === undefined ? dataset : take(dataset, limit);
  }
  const [train, test] = await Promise.all([load('train', trainFiles), load('test', testFiles)]);
  if (train.shape.join() !== test.shape.join()) {
    throw argumentError(
      `${directory}: test images have shape [${test.shape.join(', ')}], expected ` +
        `[${train.shape.join(', ')}], as the training images have: put files that belong ` +
        'together into one folder',
    );
  }
  const counted = labels === undefined || labels.every((label, i) => label === i);
  return { train, test, ...(!counted && { classLabels: labels }) };
}

/** The labels that occur, in order. */
async function labelsOf(files: readonly NamedBytes[], maxBytes: number): Promise<number[]> {
  const all = new Set<number>();
  for (const file of files) for (const label of await idxLabels(file, { maxBytes })) all.add(label);
  return [...all].toSorted((a, b) => a - b);
}

async function readSet(
  files: IdxFiles,
  maxBytes: number,
): Promise<{ images: NamedBytes; labels: NamedBytes }> {
  const [images, labels] = await Promise.all([
    read(files.images, maxBytes),
    read(files.labels, maxBytes),
  ]);
  return { images, labels };
}

async function read(name: string, maxBytes: number): Promise<NamedBytes> {
  try {
    return { name, bytes: await readRegularFile(name, { limit: maxBytes }) };
  } catch (cause) {
    if (!(cause instanceof RegularFileError)) throw cause;
    throw new DatasetFilesError(cause.message, { cause });
  }
}
