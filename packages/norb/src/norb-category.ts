/** The categories by their numbers in cat files; `none` is in jittered-cluttered NORB alone. */
export const NORB_CATEGORIES = ['animal', 'human', 'plane', 'truck', 'car', 'none'] as const;

export type NorbCategory = (typeof NORB_CATEGORIES)[number];
