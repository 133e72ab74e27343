import type { StateRange } from '@deepbelief/units';

/** How images with values from 0 to 1 become data of a unit type. */
export type DataForm = 'as they are' | 'scaled' | 'standardized';

/**
 * The form that suits states of a range: real numbers of zero mean and unit deviation for any real
 * state (Nair & Hinton 2010, section 5), images as they are where 0 is the lowest state and 1 is
 * one too, and for other ranges images that fill them.
 */
export function dataForm({ low, high }: StateRange): DataForm {
  if (low === -Infinity && high === Infinity) return 'standardized';
  return low === 0 && high >= 1 ? 'as they are' : 'scaled';
}
