import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { regularFilePieces } from '@deepbelief/data/node';
import { LfwError, reasonOf, unreadable } from './lfw-error.ts';
import { LFW_IMAGES, LFW_PEOPLE, lfwFiles, type LfwFile } from './lfw-files.ts';
import { textMd5 } from './read-lists.ts';
import { readText } from './read-text.ts';

/** The state of one of the published files. */
export interface LfwFileState {
  readonly file: LfwFile;
  /** `published`: its MD5 is that of the published file. */
  readonly state: 'published' | 'changed' | 'missing';
  /** One line that says so, and what to do. */
  readonly message: string;
}

/** Which files of the data set a folder holds. */
export interface LfwReport {
  /** The folder with the files: the given one, or its `lfw`. */
  readonly folder: string;
  /**
   * An archive or unpacked folder for `loadLfw`, deep-funneled before funneled before original;
   * absent if there is none.
   */
  readonly images?: string;
  readonly files: readonly LfwFileState[];
}

/** The folders in the archives; torchvision and scikit-learn call the second `lfw_funneled`. */
const FOLDERS = ['lfw-deepfunneled', 'lfw_funneled', 'lfw-funneled', 'lfw'];

/**
 * Says which files of Labeled Faces in the Wild a folder holds, what is missing, and where to get
 * it. It compares archives and lists with the published ones by MD5. `loadLfw` checks whether an
 * archive holds all images.
 *
 * @param folder holds archives or unpacked images and the lists of pairs and people, or a folder
 *   `lfw` with them
 * @throws LfwError if the folder, or a file in it, cannot be read
 */
export async function checkLfw(folder: string): Promise<LfwReport> {
  let place = folder;
  let names = await namesIn(folder);
  if (names.includes('lfw') && !lfwFiles.some(({ name }) => names.includes(name))) {
    const below = await namesIn(join(folder, 'lfw'));
    if (
      below.some((name) => FOLDERS.includes(name) || lfwFiles.some((file) => file.name === name))
    ) {
      place = join(folder, 'lfw');
      names = below;
    }
  }
  const images = [...archives.map(({ name }) => name), ...FOLDERS].find((name) =>
    names.includes(name),
  );
  const files: LfwFileState[] = [];
  for (const file of lfwFiles) files.push(await stateOf(file, place, names.includes(file.name)));
  return { folder: place, ...(images !== undefined && { images: join(place, images) }), files };
}

const archives = lfwFiles.filter(({ name }) => name.endsWith('.tgz'));

async function stateOf(file: LfwFile, folder: string, there: boolean): Promise<LfwFileState> {
  const path = join(folder, file.name);
  if (!there) {
    const message = `${path}: is missing (${file.holds}): get it from ${file.source}`;
    return { file, state: 'missing', message };
  }
  const archive = archives.includes(file);
  const md5 = archive
    ? await fileMd5(path, file.holds)
    : textMd5(await readText(path, file.holds, 'check its permissions'));
  if (md5 === file.md5)
    return { file, state: 'published', message: `${path}: is as published (${file.holds})` };
  const remedy = archive
    ? `repacked, which is fine if it holds ${LFW_IMAGES} images of ${LFW_PEOPLE} people, or damaged`
    : `it was changed: get it from ${file.source}`;
  return {
    file,
    state: 'changed',
    message: `${path}: its MD5 is ${md5}, expected ${file.md5}: ${remedy}`,
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await stat(folder)).isDirectory() ? await readdir(folder) : [];
  } catch (cause) {
    const remedy = 'check the path';
    throw new LfwError(
      folder,
      `cannot be read (${reasonOf(cause)})`,
      'a folder with the data set',
      remedy,
      { cause },
    );
  }
}

async function fileMd5(path: string, expected: string): Promise<string> {
  const hash = createHash('md5');
  try {
    for await (const bytes of regularFilePieces(path)) hash.update(bytes);
  } catch (cause) {
    throw unreadable(path, cause, expected, 'check its permissions');
  }
  return hash.digest('hex');
}
