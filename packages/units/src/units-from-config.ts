import { argumentError, shown } from '@deepbelief/checks';
import { unitsOfConfig } from './checked-units.ts';
import { unitTypes } from './unit-type-list.ts';
import type { Units, UnitsConfig } from './units.ts';

/**
 * Makes the units that a configuration names, such as `{ type: 'gaussian', sigma: 2 }` or a
 * `Units.config`. Each type checks its options itself, so what comes from a file is checked.
 *
 * @throws RangeError if the type is unknown (it lists the known ones), or an option is unknown,
 *   missing or out of range
 */
export function unitsFromConfig(config: UnitsConfig): Units {
  const made = unitsOfConfig(config);
  if (made !== undefined) return made;
  const { type, ...options } = { ...config };
  const known = unitTypes.find((candidate) => candidate.type === type);
  if (known === undefined) {
    const names = unitTypes.map((candidate) => candidate.type).join(', ');
    throw argumentError(`unitsFromConfig: type is ${shown(type)}, expected one of ${names}`);
  }
  return known.make(options, unitsFromConfig);
}

/**
 * Returns the configuration of a unit type whose options are not specified: the first of its
 * examples.
 *
 * @throws RangeError if the type is unknown; it lists the known ones
 */
export function usualConfig(type: string): UnitsConfig {
  const options = unitTypes.find((known) => known.type === type)?.examples[0] ?? {};
  return unitsFromConfig({ type, ...options }).config;
}
