import { unitsFromConfig, type PartConfig, type Units, type UnitsConfig } from '@deepbelief/units';
import * as z from 'zod';
import { ModelFileError } from './bundle.ts';

/** A unit type with its options, as files hold it; which there are, `savedUnits` checks. */
export const unitsSchema: z.ZodType<UnitsConfig> = z
  .object({ type: z.string() })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.lazy(() => partsSchema)]));

/** The parts of a mixed layer. */
const partsSchema: z.ZodType<PartConfig[]> = z.array(
  z.strictObject({ units: z.lazy(() => unitsSchema), size: z.int().positive() }),
);

/**
 * The unit type of a file's layer of `size` units. Throws a ModelFileError where it is unknown or
 * does not fit.
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
