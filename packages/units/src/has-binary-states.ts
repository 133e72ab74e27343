import type { Units } from './units.ts';

/** Tells whether each unit is independently 0 or 1 and nothing else. */
export function hasBinaryStates({ groupSize, parts, range, states }: Units): boolean {
  if (parts !== undefined) return parts.every(({ units }) => hasBinaryStates(units));
  return groupSize === 1 && states?.count === 2 && range.low === 0 && range.high === 1;
}
