import { argumentError } from '@deepbelief/checks';

/**
 * Throws a RangeError unless a layer's size is a whole number, 1 or more, and a multiple of the
 * group's size.
 */
export function checkLayerSize(type: string, size: number, groupSize: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw argumentError(`${type}.checkSize: size is ${size}, expected a whole number, 1 or more`);
  }
  if (size % groupSize === 0) return;
  const fits = Math.max(1, Math.round(size / groupSize)) * groupSize;
  throw argumentError(
    `${type}.checkSize: size is ${size}, expected a multiple of groupSize ${groupSize}, such ` +
      `as ${fits}`,
  );
}
