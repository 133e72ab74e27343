import { unitsFromConfig, type Units, type UnitsConfig } from '@deepbelief/units';
import { ModelFileError } from './bundle.ts';

/**
 * Returns the unit type of a file's layer of `size` units.
 *
 * @param config the file's configuration, not yet checked
 * @throws ModelFileError if the type is unknown, an option is not one of its own or out of range,
 *   or the type does not fit the size
 */
export function savedUnits(config: UnitsConfig, size: number, file: string): Units {
  try {
    const units = unitsFromConfig(config);
    units.checkSize(size);
    return units;
  } catch (error) {
    throw new ModelFileError(file, (error as Error).message);
  }
}
