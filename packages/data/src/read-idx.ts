import { checkOptions, finiteNumber } from '@deepbelief/checks';
import { gunzip, isGzip } from './gunzip.ts';
import { IdxError } from './idx-error.ts';
import { idxHeader, parseIdx, type IdxArray } from './idx.ts';

/** How an idx file is read. */
export interface ReadIdxOptions {
  /**
   * Bytes that a packed file may unpack to. Default 2 GiB, three times the largest of MNIST's
   * relatives, EMNIST by class with its 547 MB.
   */
  readonly maxBytes?: number;
}

/** Bytes that a file may have, unpacked, unless asked for otherwise. */
export const MAX_IDX_BYTES: number = 2 ** 31;

/**
 * Parses an idx file that may be packed with gzip, in one member or in several, as downloads mostly
 * are. Unpacking stops at the length that the file's own dimensions promise.
 *
 * @param bytes the file, as read or fetched
 * @param name the file's name, for messages
 * @throws IdxError as `parseIdx` does, and for gzip data that are damaged, promise more than
 *   `maxBytes` or unpack to more than they promise; RangeError for an unknown option
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

/** The length that a file's header promises; undefined while too few bytes are there. */
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
