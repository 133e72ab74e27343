import type { Dtype, DtypeArrays } from './dtype.ts';

/** A tensor, with its numbers in C order (the last index runs fastest). */
export type SafetensorsTensor = {
  [D in Dtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: DtypeArrays[D];
  };
}[Dtype];

/** The content of a safetensors file. */
export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, SafetensorsTensor>>;
  /** Only strings; store anything else as JSON. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The header entry that holds the metadata; no tensor may have this name. */
export const METADATA_NAME = '__metadata__';

/** The largest header, in bytes, that the reference implementation reads: 100 MB. */
export const LARGEST_HEADER = 100_000_000;

/** Half of a surrogate pair without the other half, which UTF-8 cannot hold. */
export const LONE_SURROGATE: RegExp = /\p{Surrogate}/u;

/**
 * Number of elements of a shape, 1 for a scalar. Beyond 2^53 it is only approximate, but still
 * larger than any file.
 */
export function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
}

/** Whether an outside value is a list of whole numbers, 0 or more. */
export function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
