import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RegularFileError, regularFilePieces } from '@deepbelief/data/node';
import { extract, type Header } from 'tar-stream';
import { checkFileSize, checkPath, imageNameInPath, type ImageFile } from './image-file.ts';
import { LfwError, placeIn, quoted, reasonOf, unreadable } from './lfw-error.ts';

/** Bytes read and unpacked at a time. */
const CHUNK = 2 ** 18;

/**
 * Reads the images of a `.tgz` archive one after another, in its order, without unpacking it to disk.
 *
 * @throws LfwError that names the archive and the entry when one is a link or a device, has an absolute path, `..`, or more
 *   bytes than an image can have, or when the archive is cut, damaged or cannot be read
 */
export async function* readArchive(path: string): AsyncGenerator<ImageFile, void, undefined> {
  const archive = basename(path);
  const entries = extract();
  const stop = new AbortController();
  const read = pipeline(regularFilePieces(path), createGunzip({ chunkSize: CHUNK }), entries, {
    signal: stop.signal,
  });
  // Its failure arrives by the loop too; unhandled it would end the process.
  read.catch(() => undefined);
  let last = 'before the first entry';
  try {
    for await (const entry of entries) {
      const { name } = entry.header;
      const where = placeIn(archive, name);
      const image = await readEntry(entry, where);
      last = `after ${quoted(name)}`;
      if (image) yield image;
    }
    await read;
  } catch (cause) {
    if (cause instanceof LfwError) throw cause;
    if (cause instanceof RegularFileError) throw unreadable(path, cause, 'a .tgz archive', 'check the path');
    const remedy = 'the archive is cut or damaged, or no .tgz: get it again';
    throw new LfwError(path, `it cannot be read ${last} (${reasonOf(cause)})`, 'a whole archive', remedy, { cause });
  } finally {
    stop.abort();
  }
}

/** An entry as tar-stream gives it. */
interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
  /** Reads it to its end for nothing. */
  resume(): unknown;
}

async function readEntry(entry: Entry, where: string): Promise<ImageFile | undefined> {
  const { name: path, type, size } = entry.header;
  checkPath(path, where);
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'directory') {
    const expected = 'files and folders only';
    throw new LfwError(where, `the entry is a ${type}`, expected, 'do not trust this archive, get it again');
  }
  const name = type === 'directory' ? undefined : imageNameInPath(path, where);
  if (name === undefined) {
    entry.resume();
    return undefined;
  }
  checkFileSize(size, where);
  const parts: Uint8Array[] = [];
  for await (const part of entry as AsyncIterable<Uint8Array>) parts.push(part);
  return { name, where, bytes: Buffer.concat(parts) };
}
