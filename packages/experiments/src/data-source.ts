import { loadIdxFolder, loadMnist, type TrainAndTest } from '@deepbelief/mnist';
import type { LoadedData } from './loaded-data.ts';
import { loadNorbSource, type NorbSource } from './norb-source.ts';
import { UserError } from './user-error.ts';

/** Names a dataset: plain data that a job can hold. */
export interface DataSource {
  /** A name of `DATASETS`, or `idx` for a folder of idx files. */
  readonly dataset: string;
  readonly directory?: string;
  /** Keeps only this many examples, from the start. */
  readonly limits?: { readonly train?: number; readonly test?: number };
  /**
   * For idx files: what values are multiplied by. Default 1/255 for bytes and 1 for other numbers.
   */
  readonly scale?: number;
  /** For idx files: the most bytes that a file may have, unpacked. */
  readonly maxBytes?: number;
  /** Of idx files: whether images lie on their sides, as EMNIST's do. */
  readonly transposed?: boolean;
  /** For the dataset `norb`: how it is prepared. */
  readonly norb?: NorbSource;
}

/** Loads a source. Its labels must be those of `classLabels` if a model knows them. */
type Loader = (
  source: DataSource,
  classLabels: readonly number[] | undefined,
) => Promise<TrainAndTest>;

/** Loaders by name; a new dataset is a new line. */
const DATASETS: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  [
    'mnist',
    async ({ directory, limits = {}, scale, maxBytes, transposed }, classLabels) => {
      if (scale !== undefined || maxBytes !== undefined || transposed !== undefined) {
        throw new UserError(
          '--scale, --max-bytes and --transposed are for a folder of idx files, and --data is ' +
            'mnist; leave them out',
        );
      }
      return loadMnist({
        limits,
        ...(directory === undefined ? {} : { directory }),
        ...(classLabels === undefined ? {} : { classLabels }),
      });
    },
  ],
]);

/** Values in an MNIST example. */
const MNIST_VALUES = 28 * 28;

/**
 * Returns the number of values in a source's examples as far as it is known before loading: 1 or
 * more.
 */
export function knownInputs({ dataset, norb }: DataSource): number {
  if (norb !== undefined) return (norb.eyes === 'both' ? 2 : 1) * norb.imageSize ** 2;
  return dataset === 'mnist' ? MNIST_VALUES : 1;
}

/** The values that the visible units of every stack here accept: those of binary units. */
const RANGE = [0, 1] as const;

/** Returns the source that `--data` names: a dataset, or a folder of idx files. */
export function parseDataSource(text: string): DataSource {
  return DATASETS.has(text) ? { dataset: text } : { dataset: 'idx', directory: text };
}

/**
 * Loads a source's training and test set.
 *
 * @param classLabels the labels of the classes of the model to be tested; default: the labels that
 *   occur
 * @throws UserError for an unknown name; whatever the loaders throw
 */
export async function loadDataSource(
  source: DataSource,
  classLabels?: readonly number[],
  onNotice?: (line: string) => void,
): Promise<LoadedData> {
  if (source.norb !== undefined) return loadNorbSource(source.norb, onNotice);
  if (source.dataset === 'idx' && source.directory !== undefined) {
    const { directory, limits = {}, scale, maxBytes, transposed } = source;
    return loadIdxFolder(directory, directory, {
      limits,
      range: RANGE,
      ...(scale === undefined ? {} : { scale }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(transposed === undefined ? {} : { transposed }),
      ...(classLabels === undefined ? {} : { classLabels }),
    });
  }
  const load = DATASETS.get(source.dataset);
  if (load === undefined) {
    throw new UserError(
      `--data is ${source.dataset}, expected ${[...DATASETS.keys()].join(', ')} or a folder ` +
        'of idx files',
    );
  }
  return load(source, classLabels);
}
