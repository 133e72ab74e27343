import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPairs, subset, type IndexedDataset, type Pair } from '@deepbelief/data';
import {
  imagesByPerson,
  imagesInPairs,
  imagesWithoutPeople,
  loadLfw,
  PICTURE_SIDE,
  readPairs,
  type LfwImages,
  type LfwPair,
  type ReadLimits,
} from '@deepbelief/lfw';
import type { RandomKey } from '@deepbelief/random';
import type { LfwJob, LfwSource } from './lfw-job.ts';
import { UserError } from './user-error.ts';
import { waitingNotice } from './waiting-notice.ts';

/** What one job needs from the data set. */
export interface LfwDivision {
  /** All images, with a border for shifts. */
  readonly images: LfwImages;
  readonly pretraining: IndexedDataset;
  readonly training: readonly LfwPair[];
  readonly test: readonly LfwPair[];
  /**
   * Draws the same number of new training pairs from all images of the people in them; undefined in
   * the restricted protocol.
   */
  readonly redraw: ((key: RandomKey) => readonly Pair[]) | undefined;
}

/** Returns the side of the stored images, which includes the border that shifts need. */
export function storedSize({ size, shift }: Pick<LfwJob, 'size' | 'shift'>): number {
  return size + 2 * shift;
}

/** Loads a job's images, and prepares them first if needed. The limits apply to an archive. */
export function loadFaces(
  job: Pick<LfwJob, 'data' | 'size' | 'shift' | 'window'>,
  {
    onProgress,
    onNotice = () => {},
    limits = {},
  }: {
    readonly onProgress?: (done: number) => void;
    readonly onNotice?: (line: string) => void;
    readonly limits?: ReadLimits;
  } = {},
): Promise<LfwImages> {
  const { images, cache, official } = job.data;
  const stored = storedSize(job);
  return loadLfw({
    source: images,
    cache,
    size: stored,
    window: ((job.window / PICTURE_SIDE) * stored) / job.size,
    complete: official,
    limits,
    ...(onProgress && { onProgress }),
    onWait: (holder) => onNotice(waitingNotice(holder)),
  });
}

/**
 * Divides images and pairs for a job: View 1 as its files say; in View 2, one fold for testing and
 * all others for training. If a job asks for fewer folds than the file has, neighboring folds are
 * joined.
 *
 * @throws UserError if the folds cannot be made
 */
export async function divideLfw(job: LfwJob, images: LfwImages): Promise<LfwDivision> {
  const [training, test] = await dividePairs(job);
  const chosen =
    job.images === 'pairs' ? imagesInPairs(images, training) : imagesWithoutPeople(images, test);
  const common = { images, pretraining: subset(images, chosen), training, test };
  if (job.pairs === 'restricted') return { ...common, redraw: undefined };
  const people = imagesByPerson(images, training, test);
  return { ...common, redraw: (key) => drawPairs(people, training.length, key) };
}

/** Returns the training and test pairs of a job. */
async function dividePairs({
  data,
  view,
  folds,
  fold,
}: Pick<LfwJob, 'data' | 'view' | 'folds' | 'fold'>): Promise<
  readonly [readonly LfwPair[], readonly LfwPair[]]
> {
  const read = (name: string) => readPairs(join(data.pairs, name), { official: data.official });
  if (view === 1) {
    const [train, test] = await Promise.all([read('pairsDevTrain.txt'), read('pairsDevTest.txt')]);
    return [train.folds.flat(), test.folds.flat()];
  }
  const all = (await read('pairs.txt')).folds;
  if (all.length % folds !== 0 || folds < 2) {
    throw new UserError(
      `--folds is ${folds}, expected a number that divides the ${all.length} folds of ` +
        `${join(data.pairs, 'pairs.txt')}, 2 or more`,
    );
  }
  const merged = Array.from({ length: folds }, (_, i) =>
    all.slice((i * all.length) / folds, ((i + 1) * all.length) / folds).flat(),
  );
  return [merged.filter((_, i) => i !== fold).flat(), merged[fold]!];
}

/** Archives that hold the images, the best aligned first. */
const ARCHIVES = ['lfw-deepfunneled.tgz', 'lfw-funneled.tgz', 'lfw.tgz'];

/**
 * Finds the data set. The images are in an archive in the folder, or in the folder itself.
 *
 * @param cache where prepared images are kept
 * @param official whether counts and MD5 are checked
 */
export async function findLfw(
  folder: string,
  cache: string,
  official: boolean,
): Promise<LfwSource> {
  const names = await readdir(folder).catch((): string[] => []);
  const archive = ARCHIVES.find((name) => names.includes(name));
  const images = archive === undefined ? folder : join(folder, archive);
  return { images, pairs: folder, cache, official };
}
