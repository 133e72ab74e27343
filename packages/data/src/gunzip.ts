import { Inflate } from 'pako';
import { IdxError } from './idx-error.ts';

/** Bytes that are unpacked at a time. */
const CHUNK = 2 ** 17;

/** Whether bytes begin as gzip does: 1f 8b. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip, of one member or of several one after another, and stops as soon as there is more
 * than is expected: a small file that would unpack to gigabytes is refused at no more than the
 * expected length. Memory grows with what has been unpacked, to three times of it at most, and not
 * with what the file promises.
 *
 * The platform's `DecompressionStream` is not used: by its specification it refuses a second
 * member.
 *
 * @param name the file's name, for messages
 * @param expectedLength the unpacked length, from the first unpacked bytes; undefined while they
 *   are too few to tell
 * @throws IdxError when the packed data are damaged or cut, or unpack to more than expected; what
 *   `expectedLength` throws
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
    'sound and whole gzip data',
    'get the file again',
  );
}
