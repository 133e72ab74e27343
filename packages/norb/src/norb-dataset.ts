import type { IndexedDataset } from '@deepbelief/data';
import type { NorbVariant } from './norb-variant.ts';

/** A dataset of pairs that knows how each was taken. */
export interface NorbDataset extends IndexedDataset {
  readonly variant: NorbVariant;
  /** Category of each pair, by its number in `NORB_CATEGORIES`. */
  readonly labels: Int32Array;
  /**
   * [size, 4] or [size, 10]: the columns of the info files; `infoFromColumns` names those of a
   * pair.
   */
  readonly columns: Int32Array;
}
