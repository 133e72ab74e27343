import type { Solid } from './solids.ts';

/**
 * A toy: what it is called, and the solids it is built of. It faces x; y is up; its size does not
 * matter.
 */
export interface Toy {
  readonly name: string;
  readonly build: () => readonly Solid[];
}
