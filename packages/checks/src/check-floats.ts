import { argumentError } from './argument-error.ts';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { shown } from './shown.ts';

/**
 * Throws a RangeError unless the argument is a float32 tensor of this shape that is not disposed. A
 * kernel must check this before it reads memory directly.
 *
 * @param where the function, for errors
 * @param what the argument, for errors
 * @param shape its extents: numbers, or names for extents that may be any number from 1
 */
export function checkFloats(
  where: string,
  what: string,
  tensor: TensorInfo | undefined,
  shape: readonly (number | string)[],
): asserts tensor is TensorInfo {
  const found: Partial<TensorInfo> & { readonly isDisposed?: boolean } = tensor ?? {};
  if (!Array.isArray(found.shape)) {
    throw argumentError(
      `${where}: ${what} is ${shown(tensor)}, expected a tensor of shape [${shape.join(', ')}]`,
    );
  }
  if (found.isDisposed === true) {
    throw argumentError(`${where}: ${what} is disposed, expected a tensor that still has values`);
  }
  if (found.dtype !== 'float32')
    throw argumentError(`${where}: ${what} is ${found.dtype}, expected float32`);
  const fits =
    found.shape.length === shape.length &&
    shape.every((extent, i) => isExtent(found.shape![i]!, extent));
  if (fits) return;
  throw argumentError(
    `${where}: ${what} has shape [${found.shape.join(', ')}], ` +
      `expected [${shape.join(', ')}]${describeNames(shape)}`,
  );
}

function isExtent(found: number, expected: number | string): boolean {
  return typeof expected === 'number'
    ? found === expected
    : Number.isSafeInteger(found) && found > 0;
}

function describeNames(shape: readonly (number | string)[]): string {
  const names = shape.filter((extent) => typeof extent === 'string');
  return names.length === 0 ? '' : ` with ${names.join(' and ')} from 1`;
}
