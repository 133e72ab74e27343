import { Inflate } from 'pako';
import { IdxError } from './idx-error.ts';

/** Bytes unpacked at a time. */
const CHUNK = 2 ** 17;

/** Whether bytes begin like gzip: 1f 8b. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip, with one member or several, and stops as soon as there is more than expected. So a
 * small file that would unpack to gigabytes is refused at the expected length. Memory grows with
 * what has been unpacked, to at most three times as much, not with what the file promises.
 *
 * It does not use the platform's `DecompressionStream`, whose specification refuses a second
 * member.
 *
 * @param name the file's name, for messages
 * @param expectedLength returns the unpacked length from the first unpacked bytes, or undefined
 *   while they are too few
 * @throws IdxError if the compressed data is damaged or truncated, or unpacks to more than
 *   expected; and what `expectedLength` throws
 */
export function gunzip(
  bytes: Uint8Array,
  name: string,
  expectedLength: (start: Uint8Array) => number | undefined,
): Uint8Array {
  let unpacked = new Uint8Array(CHUNK);
  let length = 0;
  let expected: number | undefined;
  let refused: Error | undefined;
  const inflate = new Inflate({ chunkSize: CHUNK });
  inflate.onData = (chunk) => {
    if (length + chunk.length > unpacked.length) {
      const larger = new Uint8Array(Math.min(expected ?? Infinity, 2 * unpacked.length) + CHUNK);
      larger.set(unpacked.subarray(0, length));
      unpacked = larger;
    }
    unpacked.set(chunk, length);
    length += chunk.length;
    try {
      expected ??= expectedLength(unpacked.subarray(0, length));
      if (length > (expected ?? Infinity)) {
        throw new IdxError(
          name,
          `the file unpacks to more than ${expected} bytes`,
          `${expected}, as its dimensions say`,
        );
      }
    } catch (error) {
      refused = error as Error;
      throw error;
    }
  };
  let sound = false;
  try {
    sound = inflate.push(bytes, true);
  } catch {
    if (refused !== undefined) throw refused;
  }
  if (sound) return unpacked.subarray(0, length);
  throw new IdxError(
    name,
    'the gzip data cannot be unpacked',
    'complete and undamaged gzip data',
    'download the file again',
  );
}
