import { argumentError } from '@deepbelief/checks';

/**
 * Counts the values of one example: the product of its shape.
 *
 * @throws RangeError that names `what` unless the shape is one or more whole numbers, each 1 or
 *   more
 */
export function valueCount(shape: readonly number[], what: string): number {
  if (shape.length === 0 || !shape.every((length) => Number.isSafeInteger(length) && length >= 1)) {
    throw argumentError(
      `${what}: shape is [${shape.join(', ')}], expected whole numbers of 1 or more, as in ` +
        '[28, 28]',
    );
  }
  return shape.reduce((product, length) => product * length, 1);
}
