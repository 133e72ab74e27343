import { argumentError, checkOptionNames, type OptionRule, shown } from '@deepbelief/checks';
import type { BatchOptions } from './dataset.ts';

/** A random key. */
export const randomKeyRule: OptionRule = {
  expected: 'a key, such as randomKey(1)',
  accepts: (value) =>
    typeof value === 'object' &&
    value !== null &&
    'seed' in value &&
    Array.isArray(value.seed) &&
    'site' in value &&
    'step' in value,
  optional: true,
};

/**
 * Checks the options for going through a dataset.
 *
 * @param count number of examples
 * @throws RangeError that names `what` if size or start is out of range, key is not a key, or there
 *   is an unknown option
 */
export function checkBatchOptions(count: number, options: BatchOptions, what: string): void {
  checkOptionNames(what, options, ['size', 'key', 'start']);
  const { size, key, start = 0 } = options;
  if (!Number.isSafeInteger(size) || size < 1) {
    throw argumentError(`${what}: size is ${shown(size)}, expected a whole number, 1 or more`);
  }
  if (key !== undefined && !randomKeyRule.accepts(key)) {
    throw argumentError(`${what}: key is ${shown(key)}, expected ${randomKeyRule.expected}`);
  }
  const batches = Math.ceil(count / size);
  if (!Number.isSafeInteger(start) || start < 0 || start > batches) {
    throw argumentError(
      `${what}: start is ${shown(start)}, expected a whole number from 0 to ${batches}`,
    );
  }
}
