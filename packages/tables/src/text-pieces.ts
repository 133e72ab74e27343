import { openRegularFile, regularFilePieces } from '@deepbelief/data/node';
import { TableError } from './table-error.ts';
import { utf8Check } from './utf8-check.ts';

/** Bytes at the beginning from which a file's kind is found out. */
const SAMPLE = 2 ** 17;

/**
 * Yields a text file's bytes, checked to be UTF-8, without a byte-order mark.
 *
 * @throws TableError for UTF-16 and bytes that are not UTF-8; RegularFileError if it cannot be read
 */
export async function* textPieces(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const isSound = utf8Check();
  let done = 0;
  for await (const piece of regularFilePieces(path)) {
    if (done === 0) checkNotUtf16(path, piece);
    if (!isSound(piece, false)) throw notUtf8(path, done, done + piece.length);
    yield done === 0 && hasMark(piece) ? piece.subarray(3) : piece;
    done += piece.length;
  }
  if (!isSound(new Uint8Array(0), true)) throw notUtf8(path, done - 3, done);
}

/** The beginning of a text file up to the end of a line, without a byte-order mark. */
export async function textStart(path: string): Promise<string> {
  const file = await openRegularFile(path);
  try {
    const bytes = new Uint8Array(SAMPLE);
    const { bytesRead } = await file.read(bytes, 0, SAMPLE, 0);
    const start = bytes.subarray(hasMark(bytes) ? 3 : 0, bytesRead);
    const text = Buffer.from(start).toString('utf8');
    if (bytesRead < SAMPLE) return text;
    const end = text.lastIndexOf('\n');
    return end === -1 ? text : text.slice(0, end + 1);
  } finally {
    await file.close();
  }
}

function hasMark([a, b, c]: Uint8Array): boolean {
  return a === 0xef && b === 0xbb && c === 0xbf;
}

function checkNotUtf16(path: string, [a, b]: Uint8Array): void {
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new TableError(path, {}, 'the text is UTF-16', 'UTF-8', 'save it as "CSV UTF-8"');
  }
}

function notUtf8(path: string, from: number, to: number): TableError {
  return new TableError(
    path,
    {},
    `a byte from ${from} to ${to} is not UTF-8`,
    'UTF-8',
    'save it as "CSV UTF-8", or convert it: iconv -f latin1 -t utf-8',
  );
}
