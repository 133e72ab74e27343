import { checkNumber } from '@deepbelief/checks';
import { openRegularFile } from '@deepbelief/data/node';
import { checkLength } from './mat.ts';
import { parseMatHeader, type MatHeader } from './mat-header.ts';
import { NorbFileError } from './norb-file-error.ts';
import type { NorbPart } from './norb-part.ts';
import { LARGEST_IMAGE } from './norb-variant.ts';
import { isPacked, readUnpacked } from './read-unpacked.ts';
import { readMatHeader } from './read-mat.ts';

/** Approximate bytes of images read at a time. */
const CHUNK = 2 ** 22;

/** Some consecutive pairs of a part. */
export interface NorbImages {
  /** Number of the first. */
  readonly first: number;
  readonly count: number;
  /**
   * Gray levels [count, 2, imageSize, imageSize], left images first. Valid until the next ones are
   * requested.
   */
  readonly images: Uint8Array;
}

/**
 * Goes through all images of a part, some pairs at a time. Of two buffers of a few megabytes, one
 * is read into while the other is in use.
 *
 * @throws NorbFileError for a file that has changed since the part was opened, is too short or too
 *   long, or cannot be unpacked; RegularFileError if it is not a regular file or cannot be read
 */
export async function* readNorbImages(part: NorbPart): AsyncGenerator<NorbImages, void, undefined> {
  checkNumber('readNorbImages', 'imageSize', part.imageSize, {
    low: 1,
    high: LARGEST_IMAGE,
    whole: true,
  });
  const pairBytes = 2 * part.imageSize ** 2;
  const pairs = Math.min(part.pairs, Math.max(1, Math.floor(CHUNK / pairBytes)));
  const read = (isPacked(part.file) ? readPacked : readPlain)(part, pairs * pairBytes);
  let first = 0;
  for await (const images of read) {
    const count = images.length / pairBytes;
    yield { first, count, images };
    first += count;
  }
}

/** Reads whole pairs from an uncompressed file into buffers of this size. */
async function* readPlain(
  part: NorbPart,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { start, length } = checkSame(part, await readMatHeader(part.file));
  // The file is as long as its header says; only now is memory allocated.
  const buffers = [new Uint8Array(size), new Uint8Array(size)] as const;
  const file = await openRegularFile(part.file);
  const fill = async (buffer: Uint8Array, position: number): Promise<Uint8Array> => {
    const wanted = Math.min(buffer.length, length - position);
    for (let done = 0; done < wanted;) {
      const { bytesRead } = await file.read(buffer, done, wanted - done, position + done);
      if (bytesRead === 0) throw changed(part, position + done);
      done += bytesRead;
    }
    return buffer.subarray(0, wanted);
  };
  let next: Promise<Uint8Array> = fill(buffers[0], start);
  try {
    for (let position = start, turn = 1; position < length; turn = 1 - turn) {
      const images = await next;
      position += images.length;
      next = position < length ? fill(buffers[turn as 0 | 1], position) : Promise.resolve(images);
      // A failure is reported when this read's turn comes; until then it must not count as
      // unhandled.
      next.catch(() => undefined);
      yield images;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

/** Collects whole pairs from unpacked data in a buffer of this size. */
async function* readPacked(
  part: NorbPart,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = new Uint8Array(size);
  let header: MatHeader | undefined;
  let offset = 0;
  let filled = 0;
  for await (const piece of readUnpacked(part.file)) {
    // The first piece is longer than a header, unless the file is.
    header ??= checkSame(part, parseMatHeader(piece, part.file));
    const { start, length } = header;
    if (offset + piece.length > length) checkLength(offset + piece.length, header, part.file);
    let at = Math.max(0, start - offset);
    while (at < piece.length) {
      const taken = Math.min(piece.length - at, buffer.length - filled);
      buffer.set(piece.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < buffer.length) continue;
      yield buffer;
      filled = 0;
    }
    offset += piece.length;
  }
  if (header === undefined) parseMatHeader(new Uint8Array(), part.file);
  else checkLength(offset, header, part.file);
  if (filled > 0) yield buffer.subarray(0, filled);
}

function checkSame(part: NorbPart, header: MatHeader): MatHeader {
  const { pairs, imageSize } = part;
  if (header.dtype === 'uint8' && header.shape.join() === [pairs, 2, imageSize, imageSize].join())
    return header;
  throw changed(part, 0);
}

function changed({ file }: NorbPart, offset: number): NorbFileError {
  return new NorbFileError({
    file,
    offset,
    found: 'the file has changed',
    expected: 'it as it was when it was opened',
    remedy: 'stop other programs from writing it, then start again',
  });
}
