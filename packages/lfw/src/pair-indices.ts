import { personOf } from './image-name.ts';
import { LfwError } from './lfw-error.ts';
import type { LfwImages } from './lfw-images.ts';
import type { LfwPair } from './parse-pairs.ts';

/** Pairs as numbers of images in a dataset: pair i is image first[i] and image second[i]. */
export interface PairIndices {
  readonly first: Uint32Array<ArrayBuffer>;
  readonly second: Uint32Array<ArrayBuffer>;
  /** 1 where both are one person, 0 where they are two. */
  readonly same: Uint8Array<ArrayBuffer>;
}

/**
 * Looks the images of pairs up.
 *
 * @throws LfwError that names the line and the image when one is not in the dataset
 */
export function pairIndices(images: LfwImages, pairs: readonly LfwPair[]): PairIndices {
  return {
    first: Uint32Array.from(pairs, ({ first, where }) => find(images, first, where)),
    second: Uint32Array.from(pairs, ({ second, where }) => find(images, second, where)),
    same: Uint8Array.from(pairs, ({ same }) => Number(same)),
  };
}

/** The numbers of all images that are in the pairs, each once, in ascending order. */
export function imagesInPairs(images: LfwImages, pairs: readonly LfwPair[]): Uint32Array<ArrayBuffer> {
  const { first, second } = pairIndices(images, pairs);
  return Uint32Array.from(Uint32Array.from(new Set([...first, ...second])).toSorted());
}

/**
 * The numbers of all images of people who are in none of the pairs, in ascending order: what may be pre-trained on when
 * the pairs are for testing.
 *
 * @throws LfwError when nothing is left
 */
export function imagesWithoutPeople(images: LfwImages, pairs: readonly LfwPair[]): Uint32Array<ArrayBuffer> {
  const people = new Set(pairs.flatMap(({ first, second }) => [personOf(first), personOf(second)]));
  const left = images.names.flatMap((name, i) => (people.has(personOf(name)) ? [] : [i]));
  if (left.length > 0) return Uint32Array.from(left);
  throw new LfwError(images.name, 'everybody is in the pairs', 'other people too', 'use more images or fewer pairs');
}

function find(images: LfwImages, name: string, where: string): number {
  const found = images.indexOf(name);
  if (found !== undefined) return found;
  const remedy = 'complete the images, or use pairs that belong to them';
  throw new LfwError(where, `${name} is not among the images`, `one of the ${images.size} of ${images.name}`, remedy);
}
