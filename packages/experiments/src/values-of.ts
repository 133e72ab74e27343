import type { Dataset } from '@deepbelief/data';

/** Returns the number of values per example. */
export function valuesOf(data: Dataset): number {
  return data.shape.reduce((product, extent) => product * extent, 1);
}
