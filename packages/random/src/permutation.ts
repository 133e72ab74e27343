import type { RandomKey } from './key.ts';
import { fillRandomWords } from './uniform.ts';

/** Places whose random words are made at a time, so that few are in memory. */
const PLACES = 2 ** 12;

/**
 * Returns a random order of 0 … size - 1. All orders are equally likely, up to the 2^-53 resolution
 * of a random fraction.
 *
 * Source: R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (1964).
 *
 * @param size at most 2^32
 * @throws RangeError unless the size is a whole number from 0 to 2^32
 */
export function permutation(key: RandomKey, size: number): Uint32Array {
  if (!Number.isInteger(size) || size < 0 || size > 2 ** 32) {
    throw new RangeError(
      `permutation: size is ${size}, expected a whole number from 0 to ${2 ** 32}`,
    );
  }
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  const words = new Uint32Array(2 * Math.min(PLACES, size + (size % 2)));
  for (let first = Math.floor((size - 1) / PLACES) * PLACES; first >= 0; first -= PLACES) {
    // Place i has the words 2 i and 2 i + 1 of the key.
    fillRandomWords(words, key, 0, 2 * first);
    for (let i = Math.min(first + PLACES, size) - 1; i >= Math.max(first, 1); i--) {
      const at = 2 * (i - first);
      const fraction = ((words[at]! >>> 5) * 2 ** 26 + (words[at + 1]! >>> 6)) / 2 ** 53;
      const j = Math.floor(fraction * (i + 1));
      const moved = order[i]!;
      order[i] = order[j]!;
      order[j] = moved;
    }
  }
  return order;
}
