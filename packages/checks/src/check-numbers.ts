import { argumentError } from './argument-error.ts';
import { checkOptionNames } from './check-options.ts';
import { shown } from './shown.ts';

/** The largest float32. Larger settings would become infinite where they are used. */
const LARGEST = 3.4028234663852886e38;

/**
 * Checks settings: each must be given and be a finite number, also as float32, and there may be no
 * others.
 *
 * @param where the function that takes them
 * @throws RangeError that names the setting, its value and what was expected
 */
export function checkNumbers(where: string, settings: object, names: readonly string[]): void {
  checkOptionNames(where, settings, names);
  for (const name of names) {
    const value: unknown = (settings as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'number' && Math.abs(value) <= LARGEST) continue;
    throw argumentError(`${where}: ${name} is ${shown(value)}, expected a finite number`);
  }
}
