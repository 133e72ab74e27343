import type { StateRange } from '@deepbelief/units';

/** How images with values from 0 to 1 become data of a unit type. */
export type DataForm = 'as they are' | 'scaled' | 'standardized';

/**
 * Returns the form of data that suits a range of states. For states that can be any real number,
 * data are standardized to zero mean and unit deviation (Nair & Hinton 2010, section 5). If states
 * start at 0 and include 1, images stay as they are. For other ranges, images are scaled to fill
 * them.
 */
export function dataForm({ low, high }: StateRange): DataForm {
  if (low === -Infinity && high === Infinity) return 'standardized';
  return low === 0 && high >= 1 ? 'as they are' : 'scaled';
}
