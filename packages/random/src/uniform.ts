import type { RandomKey } from './key.ts';
import { philoxInto } from './philox.ts';

/**
 * Returns random 32-bit words of a key. Word i is lane i mod 4 of block floor(i / 4).
 *
 * The Philox counter is (block, site + 65536 * draw, low word of step, high word of step); the
 * Philox key is the seed.
 *
 * @param count the number of words
 * @param draw which of several draws for the same elements, 0 to 65534 (a binomial unit of N copies
 *   needs N)
 */
export function randomWords(key: RandomKey, count: number, draw = 0): Uint32Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`randomWords: count is ${count}, expected a whole number, 0 or more`);
  }
  if (!Number.isInteger(draw) || draw < 0 || draw > 65534) {
    throw new RangeError(`randomWords: draw is ${draw}, expected a whole number from 0 to 65534`);
  }
  const words = new Uint32Array(Math.ceil(count / 4) * 4);
  fillRandomWords(words, key, draw, 0);
  return words.subarray(0, count);
}

/**
 * Fills `words`, in whole blocks of four, with the words of a key from number `first` on. `first`
 * is a multiple of 4.
 */
export function fillRandomWords(
  words: Uint32Array,
  key: RandomKey,
  draw: number,
  first: number,
): void {
  const site = key.site + draw * 0x10000;
  const stepLow = key.step >>> 0;
  const stepHigh = Math.floor(key.step / 2 ** 32);
  for (let block = 0; block < words.length / 4; block++) {
    philoxInto(
      words,
      block * 4,
      first / 4 + block,
      site,
      stepLow,
      stepHigh,
      key.seed[0],
      key.seed[1],
    );
  }
}

/**
 * Turns a random word into a uniform: (floor(word / 512) + 1/2) / 2^23, exact in float32 and never
 * 0 or 1.
 */
export function wordToUniform(word: number): number {
  return ((word >>> 9) + 0.5) * 2 ** -23;
}

/** Returns `count` uniforms in (0, 1) of a key: `wordToUniform` of `randomWords`. */
export function uniforms(key: RandomKey, count: number, draw = 0): Float32Array {
  const words = randomWords(key, count, draw);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = wordToUniform(words[i]!);
  return values;
}
