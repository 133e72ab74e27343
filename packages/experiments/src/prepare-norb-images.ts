import { prepareNorbSource, type NorbSource } from './norb-source.ts';

/** Milliseconds between two progress messages. */
const TELL_EVERY = 5000;

/** Prepares a source's images and reports progress, because large sets take minutes. */
export async function prepareNorbImages(
  source: NorbSource,
  signal: AbortSignal,
  onNotice: (line: string) => void,
): Promise<void> {
  let last = performance.now();
  await prepareNorbSource(
    source,
    (set, done, pairs) => {
      signal.throwIfAborted();
      if (performance.now() - last < TELL_EVERY && done < pairs) return;
      last = performance.now();
      onNotice(`resampling ${set} images: ${done} of ${pairs} pairs`);
    },
    onNotice,
  );
}
