import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readRegularFile } from '@deepbelief/data/node';
import { checkFileSize, imageNameInPath, LARGEST_FILE, type ImageFile } from './image-file.ts';
import { LfwError, placeIn, reasonOf, unreadable } from './lfw-error.ts';

/** A file of a folder of images. */
interface Listed {
  readonly name: string;
  /** Below the folder: `AJ_Cook/AJ_Cook_0001.jpg`. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * Reads the images of a folder, `Name/Name_0001.jpg` below it, in the order of their names.
 *
 * @throws LfwError that names the file when one cannot be read, is too large for an image, or is not so named
 */
export async function* readFolder(folder: string): AsyncGenerator<ImageFile, void, undefined> {
  for (const { name, path, size } of await listFolder(folder)) {
    const where = placeIn(basename(folder), path);
    checkFileSize(size, where);
    let bytes: Uint8Array;
    try {
      bytes = await readRegularFile(join(folder, path), { limit: LARGEST_FILE });
    } catch (cause) {
      throw unreadable(where, cause, 'a picture', 'check that it is there and may be read');
    }
    yield { name, where, bytes };
  }
}

/** What tells whether a folder of images is still the same: an MD5 of all names, sizes and times of change. */
export async function folderIdentity(folder: string): Promise<string> {
  const hash = createHash('md5');
  for (const { path, size, modified } of await listFolder(folder)) hash.update(`${path}\t${size}\t${modified}\n`);
  return hash.digest('hex');
}

async function listFolder(folder: string): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const person of (await attempt(readdir(folder, { withFileTypes: true }), folder)).toSorted(byName)) {
    if (!person.isDirectory() || person.name.startsWith('.')) continue;
    const files = await attempt(readdir(join(folder, person.name)), join(folder, person.name));
    for (const file of files.toSorted()) {
      const path = `${person.name}/${file}`;
      const where = placeIn(basename(folder), path);
      const name = imageNameInPath(path, where);
      if (name === undefined) continue;
      const { size, mtimeMs } = await attempt(stat(join(folder, path)), where);
      listed.push({ name, path, size, modified: mtimeMs });
    }
  }
  return listed;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

async function attempt<T>(action: Promise<T>, where: string): Promise<T> {
  try {
    return await action;
  } catch (cause) {
    const remedy = 'check that it is there and may be read';
    throw new LfwError(where, `cannot be read (${reasonOf(cause)})`, 'a folder of images', remedy, { cause });
  }
}
