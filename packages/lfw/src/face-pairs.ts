import {
  aFunction,
  aList,
  anything,
  checkOptions,
  required,
  wholeNumber,
} from '@deepbelief/checks';
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
 * @throws RangeError for an option that is unknown, missing or out of range
 */
export function facePairs(options: FacePairsOptions): PairDataset {
  // `pairDataset` checks the others.
  checkOptions('facePairs', options, {
    name: anything,
    images: anything,
    pairs: required(aList),
    size: wholeNumber(1, 65_535, false),
    view: anything,
    redraw: aFunction,
  });
  const { name, images, pairs, size, view, redraw } = options;
  return pairDataset({
    name,
    examples: images,
    pairs: pairIndices(images, pairs),
    ...(redraw && { redraw }),
    view,
    shape: [size, size, CHANNELS],
  });
}
