import { readRegularFile } from '@deepbelief/data/node';
import { LfwError, unreadable } from './lfw-error.ts';

/** The longest text to read, in bytes. The data set's lists have up to 160 kB. */
const LONGEST = 2 ** 26;

/**
 * Reads a text file in UTF-8 and skips a byte-order mark at its beginning.
 *
 * @param expected what it should be, for messages
 * @throws LfwError if it cannot be read, is not a regular file, has more than 64 MiB, or is not
 *   UTF-8
 */
export async function readText(path: string, expected: string, remedy: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegularFile(path, { limit: LONGEST });
  } catch (cause) {
    throw unreadable(path, cause, expected, remedy);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LfwError(path, 'it is not UTF-8', `${expected} in UTF-8`, 'save it as UTF-8', {
      cause,
    });
  }
}
