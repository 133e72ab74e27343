import { stat } from 'node:fs/promises';
import { checkLength, parseMat, type MatArrayOf } from './mat.ts';
import { LONGEST_HEADER, parseMatHeader, type MatHeader } from './mat-header.ts';
import { NorbFileError } from './norb-file-error.ts';
import { isPacked, readUnpacked } from './read-unpacked.ts';

/** Reads only a file's header, and checks the length of an uncompressed file against it. */
export async function readMatHeader(path: string): Promise<MatHeader> {
  const start = await readStart(path, LONGEST_HEADER);
  const header = parseMatHeader(start, path);
  if (!isPacked(path)) checkLength((await stat(path)).size, header, path);
  return header;
}

/**
 * Reads a whole int32 file: a cat or info file.
 *
 * @param shape the shape its header must state, checked before anything is read
 */
export async function readInt32(
  path: string,
  shape: readonly number[],
  why: string,
): Promise<MatArrayOf<'int32'>> {
  const header = await readMatHeader(path);
  checkType(header, 'int32', path);
  if (header.shape.join() !== shape.join()) {
    throw new NorbFileError({
      file: path,
      offset: 4,
      found: `the shape is [${header.shape.join(', ')}]`,
      expected: `[${shape.join(', ')}], ${why}`,
      remedy: 'put files that belong together into one folder',
    });
  }
  const array = parseMat(await readStart(path, header.length + 1), path);
  if (array.dtype !== 'int32') throw new Error(`${path} has changed while it was read`);
  return array;
}

/** Throws a NorbFileError unless a header has this number type. */
export function checkType({ dtype }: MatHeader, expected: MatHeader['dtype'], path: string): void {
  if (dtype === expected) return;
  const magics = { float32: 51, float64: 53, int32: 54, uint8: 55, int16: 56 };
  throw new NorbFileError({
    file: path,
    offset: 0,
    found: `the magic number is that of ${dtype}`,
    expected: `that of ${expected}, ${magics[expected]} 4c 3d 1e`,
    remedy: 'check that this is the right file (dat, cat and info have different types)',
  });
}

/**
 * Reads up to `count` bytes from the start of a file, uncompressed. Memory grows with what is
 * there, not with `count`.
 */
async function readStart(path: string, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of readUnpacked(path)) {
    pieces.push(piece.slice(0, most - length));
    length += pieces.at(-1)!.length;
    if (length >= most) break;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
