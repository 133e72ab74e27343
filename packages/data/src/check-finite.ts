import { argumentError } from '@deepbelief/checks';

/**
 * Throws a RangeError with the place unless all inputs are finite.
 *
 * @param name the dataset's name
 * @param values values per example
 * @param before number of the first example
 * @param hasGaps whether NaN stands for a gap
 */
export function checkFinite(
  name: string,
  inputs: Float32Array,
  values: number,
  before: number,
  hasGaps = false,
): void {
  const bad = inputs.findIndex(
    (value) => !Number.isFinite(value) && !(hasGaps && Number.isNaN(value)),
  );
  if (bad === -1) return;
  throw argumentError(
    `${name}: value ${bad % values} of example ${before + Math.floor(bad / values)} is ` +
      `${inputs[bad]}, expected a finite number: replace it or leave the example out`,
  );
}
