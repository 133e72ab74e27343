import type { Indices } from '@deepbelief/checks';
import type { Pair } from '@deepbelief/data';
import { personOf } from './image-name.ts';
import { LfwError } from './lfw-error.ts';
import type { LfwImages } from './lfw-images.ts';
import type { LfwPair } from './parse-pairs.ts';

/**
 * Converts pairs to the numbers of their images in a dataset, as `pairDataset` of
 * `@deepbelief/data` takes them.
 *
 * @throws LfwError that names the line and the image if one is not in the dataset
 */
export function pairIndices(images: LfwImages, pairs: readonly LfwPair[]): Pair[] {
  return pairs.map(({ first, second, same, where }) => ({
    first: find(images, first, where),
    second: find(images, second, where),
    same,
  }));
}

/** Returns the numbers of all images in the pairs, each once, in ascending order. */
export function imagesInPairs(images: LfwImages, pairs: readonly LfwPair[]): Indices {
  const used = new Set(pairIndices(images, pairs).flatMap(({ first, second }) => [first, second]));
  return Uint32Array.from([...used].toSorted((a, b) => a - b));
}

/**
 * Returns the numbers of all images of each person in the pairs, except people in `without`.
 * `drawPairs` of `@deepbelief/data` makes new pairs from these groups. This uses the people's
 * names, which the benchmark's "unrestricted" protocol allows and the "restricted" one does not.
 *
 * @param without pairs whose people are excluded: those for testing
 */
export function imagesByPerson(
  images: LfwImages,
  pairs: readonly LfwPair[],
  without: readonly LfwPair[] = [],
): number[][] {
  const left = peopleIn(pairs);
  for (const person of peopleIn(without)) left.delete(person);
  const groups = new Map<string, number[]>();
  images.names.forEach((name, i) => {
    const person = personOf(name);
    if (person === undefined || !left.has(person)) return;
    const group = groups.get(person) ?? [];
    groups.set(person, group);
    group.push(i);
  });
  return [...groups.values()];
}

function peopleIn(pairs: readonly LfwPair[]): Set<string | undefined> {
  return new Set(pairs.flatMap(({ first, second }) => [personOf(first), personOf(second)]));
}

/**
 * Returns the numbers of all images of people who are in none of the pairs, in ascending order. If
 * the pairs are for testing, these images may be used for pre-training.
 *
 * @throws LfwError if nothing is left
 */
export function imagesWithoutPeople(images: LfwImages, pairs: readonly LfwPair[]): Indices {
  const people = peopleIn(pairs);
  const left = images.names.flatMap((name, i) => (people.has(personOf(name)) ? [] : [i]));
  if (left.length > 0) return Uint32Array.from(left);
  throw new LfwError(
    images.name,
    'everyone is in the pairs',
    'other people too',
    'use more images or fewer pairs',
  );
}

function find(images: LfwImages, name: string, where: string): number {
  const found = images.indexOf(name);
  if (found !== undefined) return found;
  const remedy = 'complete the images, or use pairs that belong to them';
  throw new LfwError(
    where,
    `${name} is not among the images`,
    `one of the ${images.size} of ${images.name}`,
    remedy,
  );
}
