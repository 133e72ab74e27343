import type { IndexedDataset } from '@deepbelief/data';
import { loadIdxFolder, loadMnist, type TrainAndTest } from '@deepbelief/mnist';
import { loadNorbSource, type NorbSource } from './norb-source.ts';
import { UserError } from './user-error.ts';

/** Names a dataset: plain data that a job can hold. */
export interface DataSource {
  /** A name of `DATASETS`, or `idx` for a folder of idx files. */
  readonly dataset: string;
  readonly directory?: string;
  /** Keeps only the first so many examples. */
  readonly limits?: { readonly train?: number; readonly test?: number };
  /** For the dataset `norb`: how it is prepared. */
  readonly norb?: NorbSource;
}

/** What a source holds; some sources hold validation examples out themselves. */
export interface LoadedData extends TrainAndTest {
  readonly validation?: IndexedDataset;
}

/** Loaders by name; a new dataset is a new line. */
const DATASETS: Readonly<Record<string, (source: DataSource) => Promise<TrainAndTest>>> = {
  mnist: ({ directory, limits = {} }) => loadMnist({ limits, ...(directory === undefined ? {} : { directory }) }),
};

/** The source that `--data` names: a dataset by name, or a folder that holds the four idx files of MNIST's names. */
export function parseDataSource(text: string): DataSource {
  return DATASETS[text] === undefined ? { dataset: 'idx', directory: text } : { dataset: text };
}

/** Loads a source's training and test set. Throws a UserError for a name that is none, and what the loaders throw. */
export async function loadDataSource(source: DataSource): Promise<LoadedData> {
  if (source.norb !== undefined) return loadNorbSource(source.norb);
  if (source.dataset === 'idx' && source.directory !== undefined) {
    return loadIdxFolder(source.directory, source.directory, { limits: source.limits ?? {} });
  }
  const load = DATASETS[source.dataset];
  if (load === undefined) {
    throw new UserError(
      `--data is ${source.dataset}, expected ${Object.keys(DATASETS).join(', ')} or a folder of idx files`,
    );
  }
  return load(source);
}
