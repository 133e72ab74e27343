import type { Dataset } from '@deepbelief/data';

/** Values an example. */
export function valuesOf(data: Dataset): number {
  return data.shape.reduce((product, extent) => product * extent, 1);
}
