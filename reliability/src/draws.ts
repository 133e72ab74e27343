import { atStep, foldKey, randomKey, randomWords, type RandomKey } from '@deepbelief/random';

/** Words drawn at a time; most inputs need fewer. */
const PIECE = 16;

/**
 * Random choices for one input. They are a pure function of seed, target and number, so any input
 * can be made again.
 */
export class Draws {
  readonly #key: RandomKey;
  #words: Uint32Array = new Uint32Array(0);
  #used = 0;
  #draw = 0;

  constructor(key: RandomKey) {
    this.#key = key;
  }

  /** 32 random bits. */
  word(): number {
    if (this.#used === this.#words.length) {
      this.#words = randomWords(this.#key, PIECE, this.#draw++);
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from 0 to `count` - 1; 0 if there is nothing to choose. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** Returns true once in `count` times on average. */
  once(count: number): boolean {
    return this.below(count) === 0;
  }

  /** One of several values; there must be at least one. */
  pick<T>(values: ArrayLike<T>): T {
    return values[this.below(values.length)]!;
  }

  /** A whole number from 1 to `most`; small ones are far more likely. */
  few(most: number): number {
    return Math.max(1, Math.min(most, Math.floor(most ** this.fraction())));
  }
}

/** The draws for a target's input. */
export function drawsOf(seed: number, target: string, number: number): Draws {
  return new Draws(atStep(foldKey(randomKey(seed), target), number));
}
