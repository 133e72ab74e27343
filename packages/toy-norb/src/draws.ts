import { randomWords, wordToUniform, type RandomKey } from '@deepbelief/random';

/** Random numbers of a key, one after another, for an unknown number of choices. */
export class Draws {
  readonly #key: RandomKey;
  #words: Uint32Array = new Uint32Array(0);
  #next = 0;
  #draw = 0;

  constructor(key: RandomKey) {
    this.#key = key;
  }

  /** Draws a number between two bounds. */
  between(low: number, high: number): number {
    if (this.#next === this.#words.length) {
      this.#words = randomWords(this.#key, 64, this.#draw++);
      this.#next = 0;
    }
    return low + (high - low) * wordToUniform(this.#words[this.#next++]!);
  }

  /** Draws a whole number from `low` to `high`, inclusive. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.between(0, high - low + 1));
  }

  /** Returns true with this probability. */
  chance(probability: number): boolean {
    return this.between(0, 1) < probability;
  }

  /** Draws one item of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }
}
