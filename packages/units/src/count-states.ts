import type { UnitStates } from './units.ts';

/** Returns the states 0, 1, … most. */
export function countStates(most: number): UnitStates {
  return {
    count: most + 1,
    write: (row, offset, state) => {
      row[offset] = state;
    },
  };
}
