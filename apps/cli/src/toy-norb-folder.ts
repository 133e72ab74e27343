import { join } from 'node:path';
import { NorbFileError, openNorbSet, type NorbSet } from '@deepbelief/norb';
import { writeToyNorb } from '@deepbelief/toy-norb/node';
import { say } from './output.ts';

const SETS = { training: 'train', testing: 'test' } as const;

/** Milliseconds between two lines of progress. */
const TELL_EVERY = 10_000;

/**
 * The folder with so many pairs of toy NORB, jittered-cluttered: rendered into `cache` where they are not there yet,
 * which takes minutes. The same numbers of pairs are always the same files.
 */
export async function toyNorbFolder(
  cache: string,
  pairs: { readonly train: number; readonly test: number },
): Promise<string> {
  const folder = join(cache, `toy-norb-${pairs.train}-${pairs.test}`);
  for (const set of ['training', 'testing'] as const) {
    const wanted = pairs[SETS[set]];
    // A part's files appear whole or not at all, so it is enough to count.
    if ((await pairsThere(folder, set)) === wanted) continue;
    say(`rendering ${wanted} ${set} pairs of toy scenes into ${folder}`);
    const started = performance.now();
    let told = started;
    await writeToyNorb(folder, {
      set,
      pairs: wanted,
      onProgress: (done) => {
        const now = performance.now();
        if (now - told < TELL_EVERY) return;
        told = now;
        const left = ((now - started) * (wanted - done)) / done / 1000;
        say(`${done} of ${wanted} ${set} pairs, ${Math.ceil(left)} seconds left`);
      },
    });
  }
  return folder;
}

/** How many pairs of a set are in a folder; 0 where there is no sound set. */
async function pairsThere(folder: string, set: NorbSet): Promise<number> {
  try {
    return (await openNorbSet(folder, set)).reduce((sum, part) => sum + part.pairs, 0);
  } catch (error) {
    if (error instanceof NorbFileError) return 0;
    throw error;
  }
}
