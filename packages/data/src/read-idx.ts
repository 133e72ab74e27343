import { checkOptions, finiteNumber } from '@deepbelief/checks';
import { gunzip, isGzip } from './gunzip.ts';
import { IdxError } from './idx-error.ts';
import { idxHeader, parseIdx, type IdxArray } from './idx.ts';

/** Options for reading an idx file. */
export interface ReadIdxOptions {
  /**
   * The most bytes that a compressed file may unpack to. Default 2 GiB, about four times the
   * largest of MNIST's relatives (EMNIST by class, 547 MB).
   */
  readonly maxBytes?: number;
}

/** The most bytes of an unpacked file, by default. */
export const MAX_IDX_BYTES: number = 2 ** 31;

/**
 * Parses an idx file that may be gzipped, with one member or several, as downloads mostly are.
 * Unpacking stops at the length that the file's own dimensions promise.
 *
 * @param bytes the file, as read or fetched
 * @param name the file's name, for messages
 * @throws IdxError like `parseIdx`, and for gzip data that is damaged, promises more than
 *   `maxBytes` or unpacks to more than it promises; RangeError for an unknown option
 */
export async function readIdx(
  bytes: Uint8Array,
  name: string,
  options: ReadIdxOptions = {},
): Promise<IdxArray> {
  checkOptions('readIdx', options, { maxBytes: finiteNumber({ low: 1 }) });
  if (!isGzip(bytes)) return parseIdx(bytes, name);
  return parseIdx(
    gunzip(bytes, name, (start) => promisedLength(start, name, options.maxBytes ?? MAX_IDX_BYTES)),
    name,
  );
}

/** Returns the length that a file's header promises; undefined while there are too few bytes. */
function promisedLength(start: Uint8Array, name: string, maxBytes: number): number | undefined {
  const header = idxHeader(start, name);
  if (header === undefined || header.length <= maxBytes) return header?.length;
  throw new IdxError(
    name,
    `the file's dimensions [${header.shape.join(', ')}] promise ${header.length} bytes`,
    `at most ${maxBytes}`,
    'raise maxBytes if the file is right',
  );
}
