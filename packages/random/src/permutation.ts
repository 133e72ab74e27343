import type { RandomKey } from './key.ts';
import { randomWords } from './uniform.ts';

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
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const words = randomWords(key, 2 * size);
  for (let i = size - 1; i > 0; i--) {
    const fraction = ((words[2 * i]! >>> 5) * 2 ** 26 + (words[2 * i + 1]! >>> 6)) / 2 ** 53;
    const j = Math.floor(fraction * (i + 1));
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
