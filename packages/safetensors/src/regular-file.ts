import type { Bytes } from './bytes.ts';
import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { RegularFileError } from './regular-file-error.ts';

/** Limits on reading a file. */
export interface RegularFileOptions {
  /** The most bytes the file may have. */
  readonly limit?: number;
}

/** The most bytes of a file read whole, unless a limit is given: 2 GiB minus one. */
const LARGEST = 2 ** 31 - 1;

/** The most bytes in a piece. */
const PIECE = 2 ** 20;

/** Bytes read at a time beyond a file's reported size. */
const SPARE = 2 ** 12;

/**
 * Opens a regular file for reading; follows links. Folders, pipes, sockets and devices are refused
 * without being opened, since opening or reading them may block or never end.
 *
 * @throws RegularFileError that says what the path is, or why it cannot be opened (with the
 *   system's error as its cause)
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  checkKind(await stat(path).catch((cause: unknown) => unreadable(path, cause)), path);
  // It may be another file by now, so opening must not wait for a pipe, and the opened file is
  // checked again.
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
 * Yields a regular file's bytes in pieces of up to 1 MiB, each in its own array.
 *
 * @param options `limit`: default none
 * @throws RegularFileError as `openRegularFile`, for more bytes than `limit`, and if reading fails
 */
export async function* regularFilePieces(
  path: string,
  { limit = Infinity }: RegularFileOptions = {},
): AsyncGenerator<Bytes, void, undefined> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > limit) throw tooLong(path, `${size} bytes`, limit);
    // The size may have changed by the time the file is read. So the limit is checked again, and
    // the file ends where no more bytes come.
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
 * Reads a whole regular file. Allocated memory is not touched before bytes are read into it, so
 * memory grows only with what has been read, whatever the reported size.
 *
 * @param options `limit`: default 2^31 - 1
 * @throws RegularFileError as `regularFilePieces`
 */
export async function readRegularFile(
  path: string,
  { limit = LARGEST }: RegularFileOptions = {},
): Promise<Bytes> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > limit) throw tooLong(path, `${size} bytes`, limit);
    let bytes = new Uint8Array(size);
    let length = 0;
    for (;;) {
      // A file may go on past its reported size: it may grow, and files in /proc report 0.
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
