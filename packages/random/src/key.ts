import { philox } from './philox.ts';

/**
 * Names a stream of random numbers. Keys are plain data: the same key always gives the same
 * numbers, and any number of independent keys can be derived from one. A checkpoint stores only the
 * seed and the step.
 */
export interface RandomKey {
  /** Two 32-bit words: the Philox key. */
  readonly seed: readonly [number, number];
  /**
   * What the numbers are for, 0 to 65535. Hidden and visible samples of one step have different
   * sites.
   */
  readonly site: number;
  /** When they are drawn, 0 to 2^53 - 1. */
  readonly step: number;
}

/** A counter word that no draw uses, reserved for deriving keys from keys. */
const FOLD_SITE = 0xffffffff;

/**
 * Makes a key from a seed.
 *
 * @param seed a whole number from 0 to 2^53 - 1
 * @throws RangeError for any other seed
 */
export function randomKey(seed: number): RandomKey {
  checkWhole('randomKey: seed', seed, Number.MAX_SAFE_INTEGER);
  return { seed: [seed >>> 0, Math.floor(seed / 2 ** 32)], site: 0, step: 0 };
}

/**
 * Returns the same stream at another site. Throws a RangeError unless `site` is a whole number from
 * 0 to 65535.
 */
export function atSite(key: RandomKey, site: number): RandomKey {
  checkWhole('atSite: site', site, 0xffff);
  return { ...key, site };
}

/**
 * Returns the same stream at another step. Throws a RangeError unless `step` is a whole number from
 * 0 to 2^53 - 1.
 */
export function atStep(key: RandomKey, step: number): RandomKey {
  checkWhole('atStep: step', step, Number.MAX_SAFE_INTEGER);
  return { ...key, step };
}

/**
 * Derives a new, independent key from `key` (its seed, site and step) and a number or a name, so
 * that each layer, each epoch's shuffle and each purpose can have its own stream.
 *
 * @param data a whole number from 0 to 2^32 - 1, or a name
 */
export function foldKey(key: RandomKey, data: number | string): RandomKey {
  const word = typeof data === 'string' ? hashName(data) : data;
  checkWhole('foldKey: data', word, 0xffffffff);
  const [a, b] = philox(
    [word, FOLD_SITE, key.step >>> 0, Math.floor(key.step / 2 ** 32)],
    key.seed,
  );
  if (key.site === 0) return { seed: [a, b], site: 0, step: 0 };
  // No step has these last words, so folding [a, b] again cannot give this key.
  const [c, d] = philox([key.site, FOLD_SITE, 0xffffffff, 0xffffffff], [a, b]);
  return { seed: [c, d], site: 0, step: 0 };
}

/**
 * Throws a RangeError unless these functions could have made `key`: plain JavaScript, or a file,
 * may hold anything.
 *
 * @param where the function that takes the key, for the error
 */
export function checkKey(where: string, key: RandomKey | null | undefined): void {
  const { seed, site, step }: Partial<RandomKey> = key ?? {};
  const whole = (value: unknown, largest: number): boolean =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= largest;
  const fits =
    Array.isArray(seed) &&
    seed.length === 2 &&
    whole(seed[0], 0xffffffff) &&
    whole(seed[1], 0xffffffff) &&
    whole(site, 0xffff) &&
    whole(step, Number.MAX_SAFE_INTEGER);
  if (!fits)
    throw new RangeError(
      `${where}: the random key is ${JSON.stringify(key)}, expected a key from randomKey`,
    );
}

/** FNV-1a over the name's UTF-16 units (Fowler, Noll, Vo 1991): one word for each name. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function checkWhole(what: string, value: number, largest: number): void {
  if (!Number.isInteger(value) || value < 0 || value > largest) {
    throw new RangeError(`${what} is ${value}, expected a whole number from 0 to ${largest}`);
  }
}
