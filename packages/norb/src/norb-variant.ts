/**
 * `small`: normalized-uniform small NORB; `jittered-cluttered`: with backgrounds, distractors and a
 * sixth category.
 */
export type NorbVariant = 'small' | 'jittered-cluttered';

export type NorbSet = 'training' | 'testing';

/** How the variants' files differ. */
export const NORB_VARIANTS: Readonly<
  Record<
    NorbVariant,
    {
      readonly prefix: string;
      /** Number of categories. */
      readonly categories: number;
      /** Columns of the info file. */
      readonly infoColumns: 4 | 10;
      /** Height and width of the original images, in pixels. */
      readonly imageSize: number;
      /** Number of parts of the original sets, and pairs in each. */
      readonly parts: Readonly<Record<NorbSet, number>>;
      readonly pairs: number;
      /** Whether file names include the part's number. */
      readonly numbered: boolean;
    }
  >
> = {
  small: {
    prefix: 'smallnorb',
    categories: 5,
    infoColumns: 4,
    imageSize: 96,
    parts: { training: 1, testing: 1 },
    pairs: 24_300,
    numbered: false,
  },
  'jittered-cluttered': {
    prefix: 'norb',
    categories: 6,
    infoColumns: 10,
    imageSize: 108,
    parts: { training: 10, testing: 2 },
    pairs: 29_160,
    numbered: true,
  },
};

/**
 * The largest height and width of images that are read or written, in pixels; the original's are 96
 * and 108.
 */
export const LARGEST_IMAGE = 4096;

/** The most pairs per part; the original's have 29,160. */
export const MOST_PAIRS: number = 2 ** 22;

/** The five instances of each category in a set, by their numbers in info files. */
export const NORB_INSTANCES: Readonly<Record<NorbSet, readonly number[]>> = {
  training: [4, 6, 7, 8, 9],
  testing: [0, 1, 2, 3, 5],
};
