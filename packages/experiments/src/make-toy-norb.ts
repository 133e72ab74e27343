import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finishReplacing, replaceNorbSets, type NorbSet, type NorbVariant } from '@deepbelief/norb';
import { makeFolder, writeFileWhole } from '@deepbelief/safetensors/node';
import { writeToyNorb } from '@deepbelief/toy-norb/node';
import type { RunListener } from './experiment.ts';
import { toyPictures } from './toy-pictures.ts';
import { UserError } from './user-error.ts';
import { holdFolder } from './with-run.ts';

/** What is rendered. */
export interface ToyNorbOptions {
  readonly out: string;
  readonly variant: NorbVariant;
  /** The number of pairs of each set; 0 leaves a set out. */
  readonly train: number;
  readonly test: number;
  readonly seed: number;
  /** Rendering threads; default one per core. */
  readonly threads?: number | undefined;
  /** Replaces the NORB files in the folder. */
  readonly overwrite?: boolean | undefined;
}

/** How the folder is locked, what stops the work, and who hears of its progress. */
export interface ToyNorbRun {
  readonly purpose: string;
  readonly signal: AbortSignal;
  readonly listener?: RunListener;
}

/**
 * Renders a stand-in for NORB into a folder, with sheets of the toys and of the first pairs.
 * Existing files are replaced together, once all new ones are written.
 *
 * @throws UserError if the folder holds NORB files and may not be overwritten, or is in use; the
 *   signal's reason if it stops the work
 */
export async function makeToyNorb(
  options: ToyNorbOptions,
  { purpose, signal, listener = {} }: ToyNorbRun,
): Promise<void> {
  const { out } = options;
  const sets = wantedSets(options);
  await makeFolder(out);
  const lock = await holdFolder(out, { name: 'toy-norb', purpose, remedy: 'choose another --out' });
  try {
    listener.onStart?.(new Map(sets));
    await finishReplacing(out);
    await checkFolder(options);
    await replaceNorbSets(
      out,
      sets.map(([set]) => set),
      (staging) => render(staging, options, signal, listener),
    );
  } finally {
    lock.release();
  }
}

/** Returns the sets and their numbers of pairs. */
function wantedSets({ train, test }: ToyNorbOptions): (readonly [NorbSet, number])[] {
  const counts: readonly (readonly [NorbSet, number])[] = [
    ['training', train],
    ['testing', test],
  ];
  return counts.filter(([, pairs]) => pairs > 0);
}

async function render(
  folder: string,
  options: ToyNorbOptions,
  signal: AbortSignal,
  { onProgress }: RunListener,
): Promise<void> {
  const { variant, seed, threads } = options;
  for (const [name, picture] of Object.entries(await toyPictures(variant, seed, signal))) {
    await writeFileWhole(join(folder, name), picture);
  }
  for (const [set, pairs] of wantedSets(options)) {
    await writeToyNorb(folder, {
      variant,
      set,
      pairs,
      seed,
      ...(threads === undefined ? {} : { threads }),
      signal,
      onProgress: (written) =>
        onProgress?.({
          job: set,
          stage: 'render',
          fraction: written / pairs,
          detail: `${written} of ${pairs} pairs`,
        }),
    });
  }
}

async function checkFolder({ out, overwrite, train, test }: ToyNorbOptions): Promise<void> {
  if (overwrite || train + test === 0) return;
  const found = (await readdir(out)).find((name) => /\.mat(\.gz)?$/.test(name));
  if (found === undefined) return;
  throw new UserError(
    `${out} already holds NORB files (${found}); add --overwrite, or choose another --out`,
  );
}
