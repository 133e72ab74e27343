import { pairDataset, type Pair, type PairDataset, type View } from '@deepbelief/data';
import type { RandomKey } from '@deepbelief/random';
import { CHANNELS } from './face-preparation.ts';
import type { LfwImages } from './lfw-images.ts';
import { pairIndices } from './pair-indices.ts';
import type { LfwPair } from './parse-pairs.ts';

/** Options of `facePairs`. */
export interface FacePairsOptions {
  /** The dataset's name in messages: `training pairs`. */
  readonly name: string;
  readonly images: LfwImages;
  readonly pairs: readonly LfwPair[];
  /** Side of a view, in pixels. */
  readonly size: number;
  readonly view: View;
  /** Returns the same number of other pairs for each pass with a key: the unrestricted protocol. */
  readonly redraw?: ((key: RandomKey) => readonly Pair[]) | undefined;
}

/**
 * Makes a dataset of pairs of face views.
 *
 * @throws LfwError for a pair with a missing image
 */
export function facePairs({
  name,
  images,
  pairs,
  size,
  view,
  redraw,
}: FacePairsOptions): PairDataset {
  return pairDataset({
    name,
    examples: images,
    pairs: pairIndices(images, pairs),
    ...(redraw && { redraw }),
    view,
    shape: [size, size, CHANNELS],
  });
}
