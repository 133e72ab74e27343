import { foldKey, permutation, randomKey, type RandomKey } from '@deepbelief/random';
import { Draws } from './draws.ts';

/** `plain` is like small NORB, `jittered-cluttered` like the large one. */
export type Variant = 'plain' | 'jittered-cluttered';
/** NORB's two parts. */
export type Part = 'training' | 'testing';

/** NORB's categories; the last, without a toy in the middle, is in the jittered-cluttered variant alone. */
export const CATEGORIES = ['animal', 'human', 'plane', 'truck', 'car', 'none'] as const;
/** The category without a toy. */
export const NONE = 5;

/** The instances of each part, as in NORB: no toy is in both. */
export const INSTANCES: Readonly<Record<Part, readonly number[]>> = {
  training: [4, 6, 7, 8, 9],
  testing: [0, 1, 2, 3, 5],
};

/** What a picture shows: the columns of NORB's info files. */
export interface Example {
  /** 0 to 5, see `CATEGORIES`. */
  readonly category: number;
  /** 0 to 9; -1 without a toy, as in the next three. */
  readonly instance: number;
  /** 0 to 8: 30 + 5 · elevation degrees. */
  readonly elevation: number;
  /** 0, 2, …, 34: 10 · azimuth degrees. */
  readonly azimuth: number;
  /** 0 to 5. */
  readonly lighting: number;
  /** Pixels to the right, and downwards, -5 to 5. */
  readonly shiftX: number;
  readonly shiftY: number;
  /** Added to the brightness, of 255: -19 to 19. */
  readonly luminance: number;
  /** Index into `CONTRASTS`. */
  readonly contrast: number;
  /** Index into `SCALES`. */
  readonly scale: number;
  /** Degrees clockwise, -4 to 4. */
  readonly rotation: number;
}

/** Factors of a toy's contrast. */
export const CONTRASTS = [0.8, 1.3] as const;
/** Factors of a toy's size. */
export const SCALES = [0.78, 1] as const;

const ELEVATIONS = 9;
const AZIMUTHS = 18;
const LIGHTINGS = 6;
const CONFIGURATIONS = 5 * ELEVATIONS * AZIMUTHS * LIGHTINGS;

/** Pixels along the side of a picture. */
export function pictureSide(variant: Variant): number {
  return variant === 'plain' ? 96 : 108;
}

/** How many categories a variant has. */
export function categoryCount(variant: Variant): number {
  return variant === 'plain' ? 5 : 6;
}

/** Pairs that show each category in each configuration once: 24,300 or 29,160, as many as one of NORB's files holds. */
export function pairsPerRound(variant: Variant): number {
  return categoryCount(variant) * CONFIGURATIONS;
}

/** The key of all that is random about a part. */
export function partKey(seed: number, variant: Variant, part: Part): RandomKey {
  return foldKey(foldKey(randomKey(seed), variant), part);
}

/**
 * What the pairs of a part show. Categories take turns. In each round of `pairsPerRound`, each category comes in every
 * configuration of instance, elevation, azimuth and lighting once, in an order of its own; so any number of pairs from
 * the start is balanced over categories and nearly so over all else.
 *
 * @returns a function of the pair's number, from 0
 */
export function exampleOrder(variant: Variant, part: Part, key: RandomKey): (index: number) => Example {
  const categories = categoryCount(variant);
  const orders = new Map<string, Uint32Array>();
  const orderOf = (category: number, round: number): Uint32Array => {
    const name = `order ${category} of round ${round}`;
    let order = orders.get(name);
    if (order === undefined) orders.set(name, (order = permutation(foldKey(key, name), CONFIGURATIONS)));
    return order;
  };
  return (index) => {
    const category = index % categories;
    const turn = Math.floor(index / categories);
    const number = orderOf(category, Math.floor(turn / CONFIGURATIONS))[turn % CONFIGURATIONS]!;
    const jitter = variant === 'plain' ? STILL : drawJitter(new Draws(foldKey(foldKey(key, 'jitter'), index)));
    if (category === NONE) return { ...STILL, category, instance: -1, elevation: -1, azimuth: -1, lighting: -1 };
    return {
      category,
      instance: INSTANCES[part][number % 5]!,
      elevation: Math.floor(number / 5) % ELEVATIONS,
      azimuth: 2 * (Math.floor(number / (5 * ELEVATIONS)) % AZIMUTHS),
      lighting: Math.floor(number / (5 * ELEVATIONS * AZIMUTHS)),
      ...jitter,
    };
  };
}

type Jitter = Pick<Example, 'shiftX' | 'shiftY' | 'luminance' | 'contrast' | 'scale' | 'rotation'>;

/** No jitter: also where there is no toy. */
const STILL: Jitter = { shiftX: 0, shiftY: 0, luminance: 0, contrast: 0, scale: 0, rotation: 0 };

function drawJitter(draws: Draws): Jitter {
  return {
    shiftX: draws.whole(-5, 5),
    shiftY: draws.whole(-5, 5),
    luminance: draws.whole(-19, 19),
    contrast: draws.whole(0, 1),
    scale: draws.whole(0, 1),
    rotation: draws.whole(-4, 4),
  };
}
