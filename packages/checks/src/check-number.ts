import { shown } from './shown.ts';

/** What a number may be: finite, and within bounds where there are any. */
export interface NumberRange {
  readonly low?: number;
  readonly high?: number;
  readonly whole?: boolean;
}

/**
 * Checks one number.
 *
 * @throws RangeError (`where: name is value, expected a whole number from 1 to 10`) unless it fits
 */
export function checkNumber(where: string, name: string, value: number, range: NumberRange): void {
  const { low = -Infinity, high = Infinity, whole = false } = range;
  if (Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'a whole number' : 'a finite number';
  throw new RangeError(`${where}: ${name} is ${shown(value)}, expected ${kind}${describeRange(low, high)}`);
}

function describeRange(low: number, high: number): string {
  if (high !== Infinity) return ` from ${low} to ${high}`;
  if (low === Number.MIN_VALUE) return ' above 0';
  return low === -Infinity ? '' : ` of at least ${low}`;
}
