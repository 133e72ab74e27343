import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { RegularFileError } from './regular-file-error.ts';

/** How much of a file is read. */
export interface RegularFileOptions {
  /** The most bytes that the file may have. */
  readonly limit?: number;
}

/** The most bytes of a file that is read whole, unless a limit is given: 2 GiB less one. */
const LARGEST = 2 ** 31 - 1;

/** Bytes read at a time, at most, in pieces. */
const PIECE = 2 ** 20;

/** Bytes read at a time past the end that a file's size promises. */
const SPARE = 2 ** 12;

/**
 * Opens a file for reading if it is a regular one; links are followed. Folders, pipes, sockets and
 * devices are refused without being opened, since opening or reading them may wait for ever or
 * never end.
 *
 * @throws RegularFileError that says what the path is, or why it cannot be opened (the system's
 *   error is its cause)
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  checkKind(await stat(path).catch((cause: unknown) => unreadable(path, cause)), path);
  // It may be another file by now: a pipe must not be waited for, and what was opened is looked at
  // again.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((cause: unknown) => unreadable(path, cause));
  try {
    checkKind(await file.stat(), path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * A regular file's bytes in pieces of up to 1 MiB, each an array of its own.
 *
 * @param options `limit`: default none
 * @throws RegularFileError as `openRegularFile`, for more bytes than `limit`, and when reading
 *   fails
 */
export async function* regularFilePieces(
  path: string,
  { limit = Infinity }: RegularFileOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > limit) throw tooLong(path, `${size} bytes`, limit);
    // The size may be wrong by the time that the file is read, so the limit is checked again, and
    // the end is where nothing more comes.
    for (let length = 0; ;) {
      const piece = new Uint8Array(Math.min(PIECE, Math.max(size - length, 0) + 1));
      const { bytesRead } = await file
        .read(piece)
        .catch((cause: unknown) => unreadable(path, cause));
      if (bytesRead === 0) return;
      length += bytesRead;
      if (length > limit) throw tooLong(path, `more than ${limit} bytes`, limit);
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Reads a regular file whole. Memory that is taken but not yet read into is not touched, so that it
 * grows with what has been read, whatever size the file says it has.
 *
 * @param options `limit`: default 2^31 - 1
 * @throws RegularFileError as `regularFilePieces`
 */
export async function readRegularFile(
  path: string,
  { limit = LARGEST }: RegularFileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > limit) throw tooLong(path, `${size} bytes`, limit);
    let bytes = new Uint8Array(size);
    let length = 0;
    for (;;) {
      // Past its size a file may go on: one that grows, or one of /proc, which all say 0.
      const room = length < bytes.length ? bytes.subarray(length) : new Uint8Array(SPARE);
      const { bytesRead } = await file
        .read(room)
        .catch((cause: unknown) => unreadable(path, cause));
      if (bytesRead === 0) break;
      if (length + bytesRead > limit) throw tooLong(path, `more than ${limit} bytes`, limit);
      if (length === bytes.length) {
        const larger = new Uint8Array(Math.max(2 * length, bytesRead));
        larger.set(bytes);
        larger.set(room.subarray(0, bytesRead), length);
        bytes = larger;
      }
      length += bytesRead;
    }
    return length === bytes.length ? bytes : bytes.slice(0, length);
  } finally {
    await file.close();
  }
}

function checkKind(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const kinds: [is: boolean, kind: string][] = [
    [stats.isDirectory(), 'a folder'],
    [stats.isFIFO(), 'a named pipe'],
    [stats.isSocket(), 'a socket'],
    [stats.isCharacterDevice() || stats.isBlockDevice(), 'a device'],
  ];
  const kind = kinds.find(([is]) => is)?.[1] ?? 'of an unknown kind';
  throw new RegularFileError(path, `it is ${kind}`, 'a regular file', 'give the path of a file');
}

function tooLong(path: string, found: string, limit: number): RegularFileError {
  const remedy = 'check that it is the right file, or raise the limit';
  return new RegularFileError(path, `it has ${found}`, `at most ${limit}`, remedy);
}

function unreadable(path: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy = 'check the path and its permissions';
  throw new RegularFileError(path, `cannot be read (${reason})`, 'a regular file', remedy, {
    cause,
  });
}
