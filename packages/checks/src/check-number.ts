import { argumentError } from './argument-error.ts';
import { shown } from './shown.ts';

/** What a number may be: finite, and within bounds if there are any. */
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
  if (fitsRange(value, range)) return;
  throw argumentError(`${where}: ${name} is ${shown(value)}, expected ${describeRange(range)}`);
}

/** Whether the value is a finite number within bounds; plain JavaScript may pass anything. */
export function fitsRange(
  value: unknown,
  { low = -Infinity, high = Infinity, whole = false }: NumberRange,
): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return value >= low && value <= high && (!whole || Number.isInteger(value));
}

/** Describes what was expected, for an error. */
export function describeRange({
  low = -Infinity,
  high = Infinity,
  whole = false,
}: NumberRange): string {
  const kind = whole ? 'a whole number' : 'a finite number';
  if (high !== Infinity) return `${kind} from ${low} to ${high}`;
  if (low === Number.MIN_VALUE) return `${kind} above 0`;
  return low === -Infinity ? kind : `${kind} of at least ${low}`;
}
