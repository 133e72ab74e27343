import {
  applyStandardization,
  fitStandardization,
  split,
  type IndexedDataset,
} from '@deepbelief/data';
import {
  openNorb,
  prepareNorb,
  splitByInstance,
  type NorbEyes,
  type NorbPart,
  type NorbSet,
} from '@deepbelief/norb';
import { foldKey, randomKey } from '@deepbelief/random';
import type { LoadedData } from './loaded-data.ts';
import { UserError } from './user-error.ts';
import { waitingNotice } from './waiting-notice.ts';

/** A folder of NORB files and what is made of it. Plain data. */
export interface NorbSource {
  readonly directory: string;
  /** Folder of prepared images. */
  readonly cache: string;
  /** Height and width of the prepared images, in pixels. */
  readonly imageSize: number;
  readonly eyes: NorbEyes;
  /**
   * The numbers of training and test pairs. A subset has the same number from each category in
   * turn, and comes from as few parts as hold it.
   */
  readonly pairs: { readonly train: number; readonly test: number };
  /** What is subtracted: each pixel's mean over the training pairs, or each pair's own mean. */
  readonly mean: 'value' | 'example';
  /** Training instances that are held out for validation. */
  readonly heldOut: readonly number[];
}

/** Receives the progress while a set is prepared. */
export type PreparationListener = (set: NorbSet, done: number, pairs: number) => void;

/** The examples of a source before normalization. */
interface NorbSets {
  readonly training: IndexedDataset;
  readonly testing: IndexedDataset;
  readonly validation?: IndexedDataset;
}

/**
 * Opens and prepares NORB and takes the pairs asked for.
 *
 * @throws UserError if there are fewer pairs than requested; whatever `openNorb`, `prepareNorb` and
 *   `splitByInstance` throw
 */
export async function prepareNorbSource(
  source: NorbSource,
  onProgress?: PreparationListener,
  onNotice: (line: string) => void = () => {},
): Promise<NorbSets> {
  const parts = await openNorb(source.directory);
  const prepare = (set: NorbSet, wanted: number) =>
    prepareNorb(partsFor(parts[set], wanted, set, source.directory), {
      cache: source.cache,
      size: source.imageSize,
      eyes: source.eyes,
      onWait: (holder) => onNotice(waitingNotice(holder)),
      ...(onProgress && {
        onProgress: (done: number, pairs: number) => onProgress(set, done, pairs),
      }),
    });
  const all = await prepare('training', source.pairs.train);
  const testing = few(await prepare('testing', source.pairs.test), source.pairs.test);
  if (source.heldOut.length === 0) return { training: few(all, source.pairs.train), testing };
  const { training, validation } = splitByInstance(all, source.heldOut);
  return {
    training: few(training, Math.floor((source.pairs.train * training.size) / all.size)),
    validation,
    testing,
  };
}

/**
 * Loads normalized NORB: the mean is subtracted, then everything is divided by the average standard
 * deviation of the pixels over the training pairs (Nair & Hinton 2010). Throws what
 * `prepareNorbSource` throws.
 */
export async function loadNorbSource(
  source: NorbSource,
  onNotice?: (line: string) => void,
): Promise<LoadedData> {
  const { training, testing, validation } = await prepareNorbSource(source, undefined, onNotice);
  const fitted = await fitStandardization(training, { mean: source.mean, deviation: 'global' });
  const normalize = (data: IndexedDataset): IndexedDataset => applyStandardization(data, fitted);
  return {
    train: normalize(training),
    test: normalize(testing),
    ...(validation && { validation: normalize(validation) }),
  };
}

/** Returns as many of the first parts as hold the pairs. */
function partsFor(
  parts: readonly NorbPart[],
  wanted: number,
  set: NorbSet,
  directory: string,
): NorbPart[] {
  const taken: NorbPart[] = [];
  let pairs = 0;
  for (const part of parts) {
    if (pairs >= wanted) break;
    taken.push(part);
    pairs += part.pairs;
  }
  if (pairs >= wanted) return taken;
  throw new UserError(
    `${directory} holds ${pairs} ${set} pairs, expected at least the ${wanted} asked for: ask ` +
      'for fewer or get more parts',
  );
}

/** Returns `count` pairs in their order, with categories in proportion, the same for every seed. */
function few(data: IndexedDataset, count: number): IndexedDataset {
  if (count === data.size) return data;
  return split(data, [count], { key: foldKey(randomKey(0), 'pairs'), classes: 'proportional' })[0];
}
