/** Throws a RangeError unless a layer's size is a whole number, 1 or more. */
export function checkLayerSize(type: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`${type}.checkSize: size is ${size}, expected a whole number, 1 or more`);
  }
}
