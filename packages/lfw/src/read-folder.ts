import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readRegularFile } from '@deepbelief/data/node';
import { checkFileSize, imageNameInPath, type ImageFile } from './image-file.ts';
import { LfwError, placeIn, reasonOf, unreadable } from './lfw-error.ts';
import { PassedOver } from './passed-over.ts';
import { checkLimits, type ReadLimits } from './read-limits.ts';

/** A file in a folder of images. */
interface Listed {
  readonly name: string;
  /** Below the folder: `AJ_Cook/AJ_Cook_0001.jpg`. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * Reads the images in a folder, `Name/Name_0001.jpg` below it, in the order of their names.
 *
 * @param passedOver counts everything else
 * @throws LfwError that names the file if one cannot be read, is too large for an image, or has
 *   another form of name
 */
export async function* readFolder(
  folder: string,
  { pictureBytes }: Required<ReadLimits> = checkLimits({}, 'readFolder'),
  passedOver: PassedOver = new PassedOver(),
): AsyncGenerator<ImageFile, void, undefined> {
  for (const { name, path, size } of await listFolder(folder, passedOver)) {
    const where = placeIn(basename(folder), path);
    checkFileSize(size, pictureBytes, where);
    let bytes: Uint8Array;
    try {
      bytes = await readRegularFile(join(folder, path), { limit: pictureBytes });
    } catch (cause) {
      throw unreadable(where, cause, 'a picture', 'check that it exists and is readable');
    }
    yield { name, where, bytes };
  }
}

/** Identifies a folder of images: an MD5 of all names, sizes and times of change. */
export async function folderIdentity(folder: string): Promise<string> {
  const hash = createHash('md5');
  for (const { path, size, modified } of await listFolder(folder, new PassedOver()))
    hash.update(`${path}\t${size}\t${modified}\n`);
  return hash.digest('hex');
}

async function listFolder(folder: string, passedOver: PassedOver): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const person of (await attempt(readdir(folder, { withFileTypes: true }), folder)).toSorted(
    byName,
  )) {
    const place = join(folder, person.name);
    if (person.name.startsWith('.') || !(await isFolder(person, place))) {
      passedOver.add(person.name);
      continue;
    }
    const files = await attempt(readdir(place, { withFileTypes: true }), place);
    for (const file of files.toSorted(byName)) {
      const path = `${person.name}/${file.name}`;
      const where = placeIn(basename(folder), path);
      const name = imageNameInPath(path, where);
      if (name === undefined) {
        passedOver.add(file.name, file.isDirectory() ? 'folder' : undefined);
        continue;
      }
      const { size, mtimeMs } = await attempt(stat(join(folder, path)), where);
      listed.push({ name, path, size, modified: mtimeMs });
    }
  }
  return listed;
}

/** Whether it is a folder or a link to one. */
async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink()
    ? (await attempt(stat(path), path)).isDirectory()
    : entry.isDirectory();
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

async function attempt<T>(action: Promise<T>, where: string): Promise<T> {
  try {
    return await action;
  } catch (cause) {
    const remedy = 'check that it exists and is readable';
    throw new LfwError(where, `cannot be read (${reasonOf(cause)})`, 'a folder of images', remedy, {
      cause,
    });
  }
}
