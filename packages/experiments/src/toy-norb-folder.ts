import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLock, lockFolder, makeFolder, type FolderLock } from '@deepbelief/safetensors/node';
import { finishReplacing, NorbFileError, openNorbSet, type NorbSet } from '@deepbelief/norb';
import { writeToyNorb } from '@deepbelief/toy-norb/node';

const SETS = { training: 'train', testing: 'test' } as const;

/** Milliseconds between two progress messages. */
const TELL_EVERY = 10_000;

/**
 * Returns the folder of toy NORB with these numbers of pairs. The same numbers always mean the same
 * files.
 */
export function toyNorbPath(
  cache: string,
  pairs: { readonly train: number; readonly test: number },
): string {
  return join(cache, `toy-norb-${pairs.train}-${pairs.test}`);
}

/**
 * Renders jittered-cluttered toy NORB into a folder if it is not there yet, which takes minutes.
 */
export async function renderToyNorb(
  folder: string,
  pairs: { readonly train: number; readonly test: number },
  signal?: AbortSignal,
  onNotice: (line: string) => void = () => {},
): Promise<void> {
  await makeFolder(folder);
  const lock = await waitForFolder(folder, signal, onNotice);
  try {
    await renderMissing(folder, pairs, signal, onNotice);
  } finally {
    lock.release();
  }
}

/** Waits for another process that renders the same scenes. */
async function waitForFolder(
  folder: string,
  signal: AbortSignal | undefined,
  onNotice: (line: string) => void,
): Promise<FolderLock> {
  for (let told = false; ; told = true) {
    const lock = await lockFolder(folder, 'toy-norb', `deepbelief, rendering into ${folder}`);
    if (isLock(lock)) return lock;
    if (!told) onNotice(`waiting for process ${lock.pid}, which renders into ${folder}`);
    await sleep(500, undefined, signal && { signal });
  }
}

async function renderMissing(
  folder: string,
  pairs: { readonly train: number; readonly test: number },
  signal: AbortSignal | undefined,
  onNotice: (line: string) => void,
): Promise<void> {
  await finishReplacing(folder);
  for (const set of ['training', 'testing'] as const) {
    const wanted = pairs[SETS[set]];
    // A set's files appear whole or not at all, so it is enough to count.
    if ((await pairsThere(folder, set)) === wanted) continue;
    onNotice(`rendering ${wanted} ${set} pairs of toy scenes into ${folder}`);
    const started = performance.now();
    let told = started;
    await writeToyNorb(folder, {
      set,
      pairs: wanted,
      ...(signal && { signal }),
      onProgress: (done) => {
        const now = performance.now();
        if (now - told < TELL_EVERY) return;
        told = now;
        const left = ((now - started) * (wanted - done)) / done / 1000;
        onNotice(`${done} of ${wanted} ${set} pairs, ${Math.ceil(left)} seconds left`);
      },
    });
  }
}

/** Counts a set's pairs in a folder; 0 if there is no sound set. */
async function pairsThere(folder: string, set: NorbSet): Promise<number> {
  try {
    return (await openNorbSet(folder, set)).reduce((sum, part) => sum + part.pairs, 0);
  } catch (error) {
    if (error instanceof NorbFileError) return 0;
    throw error;
  }
}
