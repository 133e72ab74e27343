import type { NorbCategory, NorbInfo, NorbJitter, NorbSet, NorbVariant } from '@deepbelief/norb';
import { foldKey, permutation, randomKey, type RandomKey } from '@deepbelief/random';
import { Draws } from './draws.ts';

/** What a pair shows. */
export interface ToyExample {
  readonly category: NorbCategory;
  /** As in NORB's info files. */
  readonly info: NorbInfo;
}

/**
 * The categories in NORB's order; small NORB has all but the last, which has no toy in the middle.
 */
const CATEGORIES = [
  'animal',
  'human',
  'plane',
  'truck',
  'car',
  'none',
] as const satisfies readonly NorbCategory[];

/** The toys of each set by number, as in NORB. No toy is in both sets. */
export const INSTANCES: Readonly<Record<NorbSet, readonly number[]>> = {
  training: [4, 6, 7, 8, 9],
  testing: [0, 1, 2, 3, 5],
};

/** Factors for a toy's contrast and size, indexed by the numbers in `NorbJitter`. */
export const CONTRASTS = [0.8, 1.3] as const;
export const SCALES = [0.78, 1] as const;

const ELEVATIONS = 9;
const AZIMUTHS = 18;
const LIGHTINGS = 6;
const CONFIGURATIONS = 5 * ELEVATIONS * AZIMUTHS * LIGHTINGS;

/** The key for everything random in a set. */
export function setKey(seed: number, variant: NorbVariant, set: NorbSet): RandomKey {
  return foldKey(foldKey(randomKey(seed), variant), set);
}

/**
 * Determines what the pairs of a set show. Categories take turns. Each round has as many pairs as
 * one of NORB's files, 24,300 (small NORB) or 29,160. In a round, each category shows every
 * configuration of instance, elevation, azimuth and lighting once, in its own order. So the first n
 * pairs are balanced over categories for any n.
 *
 * @returns a function of the pair's number, from 0
 */
export function exampleOrder(
  variant: NorbVariant,
  set: NorbSet,
  key: RandomKey,
): (index: number) => ToyExample {
  const categories = variant === 'small' ? 5 : 6;
  const orders = new Map<string, Uint32Array>();
  const orderOf = (category: number, round: number): Uint32Array => {
    const name = `order of ${category} in round ${round}`;
    let order = orders.get(name);
    if (order === undefined)
      orders.set(name, (order = permutation(foldKey(key, name), CONFIGURATIONS)));
    return order;
  };
  const jitterKey = foldKey(key, 'jitter');
  return (index) => {
    const number = index % categories;
    const turn = Math.floor(index / categories);
    const category = CATEGORIES[number]!;
    if (category === 'none') {
      return {
        category,
        info: { instance: -1, elevation: -1, azimuth: -1, lighting: -1, jitter: STILL },
      };
    }
    const configuration = orderOf(number, Math.floor(turn / CONFIGURATIONS))[
      turn % CONFIGURATIONS
    ]!;
    return {
      category,
      info: {
        instance: INSTANCES[set][configuration % 5]!,
        elevation: Math.floor(configuration / 5) % ELEVATIONS,
        azimuth: 2 * (Math.floor(configuration / (5 * ELEVATIONS)) % AZIMUTHS),
        lighting: Math.floor(configuration / (5 * ELEVATIONS * AZIMUTHS)),
        ...(variant === 'small'
          ? {}
          : { jitter: drawJitter(new Draws(foldKey(jitterKey, index))) }),
      },
    };
  };
}

/** If there is no toy to jitter. */
const STILL: NorbJitter = {
  horizontalShift: 0,
  verticalShift: 0,
  luminance: 0,
  contrast: 0,
  scale: 0,
  rotation: 0,
};

function drawJitter(draws: Draws): NorbJitter {
  return {
    horizontalShift: draws.whole(-5, 5),
    verticalShift: draws.whole(-5, 5),
    luminance: draws.whole(-19, 19),
    contrast: draws.whole(0, 1),
    scale: draws.whole(0, 1),
    rotation: draws.whole(-4, 4),
  };
}
