import { argumentError, checkFloats } from '@deepbelief/checks';
import type { Units } from '@deepbelief/units';
import type { KernelInputs } from './kernel-inputs.ts';

/** Throws a RangeError unless these are the parameters that a layer of these units learns. */
export function checkUnitParameters(
  where: string,
  units: Units,
  parameters: KernelInputs,
  size: number,
): void {
  const learned = Object.keys(units.parameterBounds);
  for (const name of learned) checkFloats(where, name, parameters[name], [size]);
  for (const name in parameters) {
    if (learned.includes(name)) continue;
    const expected = learned.length === 0 ? 'none' : `only ${learned.join(', ')}`;
    throw argumentError(
      `${where}: unknown parameter ${name} of ${units.type} units, expected ${expected}`,
    );
  }
}
