import { gunzip, isGzip } from './gunzip.ts';
import { idxHeader, parseIdx, type IdxArray } from './idx.ts';

/**
 * Parses an idx file that may be packed with gzip, as downloads mostly are. Unpacking stops at the length that the
 * file's own dimensions promise.
 *
 * @param bytes the file, as read or fetched
 * @param name the file's name, for messages
 * @throws IdxError as `parseIdx` does, and for gzip data that are damaged or unpack to more than they promise
 */
export async function readIdx(bytes: Uint8Array, name: string): Promise<IdxArray> {
  if (!isGzip(bytes)) return parseIdx(bytes, name);
  return parseIdx(await gunzip(bytes, name, (start) => idxHeader(start, name)?.length), name);
}
