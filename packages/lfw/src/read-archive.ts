import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RegularFileError, regularFilePieces } from '@deepbelief/data/node';
import { extract, type Header } from 'tar-stream';
import { checkFileSize, checkPath, imageNameInPath, type ImageFile } from './image-file.ts';
import { LfwError, placeIn, quoted, reasonOf, unreadable } from './lfw-error.ts';
import { PassedOver } from './passed-over.ts';
import { checkLimits, type ReadLimits } from './read-limits.ts';

/** Bytes read and unpacked at a time. */
const CHUNK = 2 ** 18;

/** The most bytes of an archive between two entries. */
const BETWEEN = 2 ** 20;

/**
 * Reads the images in a `.tgz` archive one after another, in its order, without unpacking it to
 * disk.
 *
 * @param passedOver counts everything else in it
 * @throws LfwError that names the archive and the entry if an entry is a link or a device, has an
 *   absolute path, `..`, or more bytes than an image may have, or if the archive is truncated,
 *   damaged, cannot be read, or unpacks to more than the limits
 */
export async function* readArchive(
  path: string,
  limits: Required<ReadLimits> = checkLimits({}, 'readArchive'),
  passedOver: PassedOver = new PassedOver(),
): AsyncGenerator<ImageFile, void, undefined> {
  const archive = basename(path);
  const entries = extract();
  const stop = new AbortController();
  const meter = unpackedMeter(path, limits.unpackedBytes);
  const unpacked = createGunzip({ chunkSize: CHUNK });
  const read = pipeline(regularFilePieces(path), unpacked, meter.count, entries, {
    signal: stop.signal,
  });
  // Its failure also arrives through the loop; unhandled, it would end the process.
  read.catch(() => undefined);
  let last = 'before the first entry';
  let count = 0;
  try {
    for await (const entry of entries) {
      const { name, size } = entry.header;
      const where = placeIn(archive, name);
      if (++count > limits.entries)
        throw tooMuch(path, `more than ${limits.entries} entries`, 'entries');
      meter.allow(size);
      const image = await readEntry(entry, where, limits, passedOver);
      last = `after ${quoted(name)}`;
      if (image) yield image;
    }
    await read;
  } catch (cause) {
    if (cause instanceof LfwError) throw cause;
    if (cause instanceof RegularFileError)
      throw unreadable(path, cause, 'a .tgz archive', 'check the path');
    const remedy = 'the archive is truncated, damaged or not a .tgz: download it again';
    throw new LfwError(
      path,
      `it cannot be read ${last} (${reasonOf(cause)})`,
      'a complete archive',
      remedy,
      { cause },
    );
  } finally {
    stop.abort();
  }
}

/** Counts unpacked bytes, and stops if there are too many. */
interface UnpackedMeter {
  readonly count: (
    pieces: AsyncIterable<Uint8Array>,
  ) => AsyncGenerator<Uint8Array, void, undefined>;
  /** Notes the start of an entry of this many bytes. */
  allow(size: number): void;
}

/**
 * Between two entries, an archive has their headers (names and attributes, with lengths that it
 * states itself) and padding. Headers are collected in memory, so at most a megabyte is let
 * through.
 */
function unpackedMeter(path: string, limit: number): UnpackedMeter {
  let total = 0;
  let allowed = BETWEEN;
  return {
    async *count(pieces) {
      for await (const piece of pieces) {
        total += piece.length;
        if (total > limit)
          throw tooMuch(path, `it unpacks to more than ${limit} bytes`, 'unpackedBytes');
        if (total > allowed) {
          const found = `there are more than ${BETWEEN} bytes without an entry`;
          throw new LfwError(
            path,
            found,
            'entries one after another',
            'do not trust this archive: download it again',
          );
        }
        yield piece;
      }
    },
    allow(size) {
      allowed = total + size + BETWEEN;
    },
  };
}

function tooMuch(path: string, found: string, limit: keyof ReadLimits): LfwError {
  return new LfwError(
    path,
    found,
    'no more',
    `check that it is the right archive, or raise limits.${limit}`,
  );
}

/** An entry from tar-stream. */
interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
  /** Reads it to its end and discards it. */
  resume(): unknown;
}

async function readEntry(
  entry: Entry,
  where: string,
  { pictureBytes }: Required<ReadLimits>,
  passedOver: PassedOver,
): Promise<ImageFile | undefined> {
  const { name: path, type, size } = entry.header;
  checkPath(path, where);
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'directory') {
    const expected = 'only files and folders';
    throw new LfwError(
      where,
      `the entry is a ${type}`,
      expected,
      'do not trust this archive: download it again',
    );
  }
  const name = type === 'directory' ? undefined : imageNameInPath(path, where);
  if (name === undefined) {
    if (type !== 'directory') passedOver.add(basename(path));
    entry.resume();
    return undefined;
  }
  checkFileSize(size, pictureBytes, where);
  const parts: Uint8Array[] = [];
  for await (const part of entry as AsyncIterable<Uint8Array>) parts.push(part);
  return { name, where, bytes: Buffer.concat(parts) };
}
