import { pairDataset, type Pair, type PairDataset } from '@deepbelief/data';
import type { RandomKey } from '@deepbelief/random';
import { CHANNELS } from './face-preparation.ts';
import type { FaceView } from './face-view.ts';
import type { LfwImages } from './lfw-images.ts';
import { pairIndices } from './pair-indices.ts';
import type { LfwPair } from './parse-pairs.ts';

/** What `facePairs` makes a dataset from. */
export interface FacePairsOptions {
  /** What the dataset is called in messages: `training pairs`. */
  readonly name: string;
  readonly images: LfwImages;
  readonly pairs: readonly LfwPair[];
  /** Side of a view, in pixels. */
  readonly size: number;
  readonly view: FaceView;
  /** Other pairs, as many, for each pass with a key: the unrestricted protocol. */
  readonly redraw?: ((key: RandomKey) => readonly Pair[]) | undefined;
}

/**
 * Pairs as a dataset of views of their faces.
 *
 * @throws LfwError for a pair whose image is not there
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
