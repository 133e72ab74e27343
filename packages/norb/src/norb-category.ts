/** The categories by their numbers in cat files. Only jittered-cluttered NORB has `none`. */
export const NORB_CATEGORIES = ['animal', 'human', 'plane', 'truck', 'car', 'none'] as const;

export type NorbCategory = (typeof NORB_CATEGORIES)[number];
