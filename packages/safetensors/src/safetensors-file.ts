import type { Dtype, DtypeArrays } from './dtype.ts';

/** A tensor: its numbers in C order (the last index runs fastest). */
export type SafetensorsTensor = {
  [D in Dtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: DtypeArrays[D];
  };
}[Dtype];

/** What a safetensors file holds. */
export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, SafetensorsTensor>>;
  /** Strings only; anything else goes in as JSON. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The entry of a header that holds the metadata and so names no tensor. */
export const METADATA_NAME = '__metadata__';

/** The largest header in bytes that the format's own implementation reads: 100 MB. */
export const LARGEST_HEADER = 100_000_000;

/** Half of a surrogate pair without the other half: text that UTF-8 cannot hold. */
export const LONE_SURROGATE: RegExp = /\p{Surrogate}/u;

/**
 * Number of elements of a shape, 1 for a scalar; beyond 2^53 only roughly right, and still beyond
 * any file.
 */
export function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
}

/** Whether a value from outside is a list of whole numbers, 0 or more. */
export function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
