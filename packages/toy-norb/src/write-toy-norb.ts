import { availableParallelism } from 'node:os';
import { anything, checkOptions, oneOf, wholeNumber } from '@deepbelief/checks';
import {
  createNorbWriter,
  NORB_VARIANTS,
  replaceNorbSets,
  type NorbSet,
  type NorbVariant,
} from '@deepbelief/norb';
import { createPairRenderer, type PairRenderer } from './pair-renderer.ts';
import type { RenderedBatch } from './render-worker.ts';
import { renderInThreads } from './render-threads.ts';

/** What to render. */
export interface ToyNorbOptions {
  /**
   * `small`: 96×96, plain; `jittered-cluttered` (default): 108×108, with everything that makes it
   * hard.
   */
  readonly variant?: NorbVariant;
  readonly set: NorbSet;
  /** Number of stereo pairs, 1 or more. A larger set begins with the pairs of a smaller one. */
  readonly pairs: number;
  /** A whole number from 0 to 2^53 - 1, default 1. */
  readonly seed?: number;
  /** Rendering threads, default one per core. The files are the same for any number. */
  readonly threads?: number;
  /** Called with the number of pairs written so far. */
  readonly onProgress?: (pairs: number) => void;
  /** Stops the work and leaves nothing of the unfinished set. */
  readonly signal?: AbortSignal;
}

/**
 * Renders a set of toy NORB into a folder, in NORB's format and under its file names: one part of
 * 24,300 or 29,160 pairs after another, the last with the rest (small NORB has a single part of any
 * size). The set appears whole or not at all, and replaces an existing one (`replaceNorbSets`).
 *
 * @throws RangeError for an option out of range; Error if the disk cannot be written or a thread
 *   fails; the signal's reason if it stops the work
 */
export async function writeToyNorb(directory: string, options: ToyNorbOptions): Promise<void> {
  checkOptions('writeToyNorb', options, {
    variant: oneOf(Object.keys(NORB_VARIANTS)),
    set: { ...oneOf(['training', 'testing']), optional: false },
    pairs: wholeNumber(1, Number.MAX_SAFE_INTEGER, false),
    seed: wholeNumber(0, Number.MAX_SAFE_INTEGER, true),
    threads: wholeNumber(1, 1024, true),
    onProgress: anything,
    signal: anything,
  });
  const { set, threads = availableParallelism() } = options;
  await replaceNorbSets(directory, [set], (staging) => writeParts(staging, options, threads));
}

async function writeParts(
  directory: string,
  options: ToyNorbOptions,
  threads: number,
): Promise<void> {
  const { variant = 'jittered-cluttered', set, pairs, seed = 1, onProgress, signal } = options;
  const { numbered, pairs: most } = NORB_VARIANTS[variant];
  const partSize = numbered ? most : pairs;
  const renderer = createPairRenderer(seed, variant, set);
  const batches = renderInThreads(pairs, threads, { seed, variant, set }, signal);
  let written = 0;
  let rest: RenderedBatch | undefined;
  try {
    for (let part = 1; written < pairs; part++) {
      const count = Math.min(partSize, pairs - written);
      const writer = await createNorbWriter(directory, { variant, set, part, pairs: count });
      try {
        while (writer.count < count) {
          signal?.throwIfAborted();
          const batch = rest ?? (await batches.next()).value!;
          written += await appendFrom(batch, written, count - writer.count, renderer, writer);
          rest = written < batch.first + batch.count ? batch : undefined;
          onProgress?.(written);
        }
        await writer.close();
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    }
  } finally {
    await batches.return();
  }
}

/** Appends up to `most` pairs of a batch from number `first` on; returns how many. */
async function appendFrom(
  batch: RenderedBatch,
  first: number,
  most: number,
  renderer: PairRenderer,
  writer: {
    append(pair: ReturnType<PairRenderer['example']> & { images: Uint8Array }): Promise<void>;
  },
): Promise<number> {
  const bytes = batch.images.length / batch.count;
  const count = Math.min(most, batch.first + batch.count - first);
  for (let number = first; number < first + count; number++) {
    const at = (number - batch.first) * bytes;
    await writer.append({
      ...renderer.example(number),
      images: batch.images.subarray(at, at + bytes),
    });
  }
  return count;
}
