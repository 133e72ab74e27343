import type { Solid } from './solids.ts';

/**
 * A toy: its name and the solids it is built from. It faces x; y is up; its size does not matter.
 */
export interface Toy {
  readonly name: string;
  readonly build: () => readonly Solid[];
}
