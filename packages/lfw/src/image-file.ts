import { imageName } from './image-name.ts';
import { LfwError, quoted } from './lfw-error.ts';
import { isPerson } from './text-rows.ts';

/** An image as it is stored. */
export interface ImageFile {
  /** `AJ_Cook_0001`. */
  readonly name: string;
  /** Where it is, for messages: `lfw.tgz: lfw/AJ_Cook/AJ_Cook_0001.jpg`. */
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** The largest file that is taken for an image, in bytes: those of the data set have up to 30 kB. */
export const LARGEST_FILE: number = 16 * 2 ** 20;

/**
 * The image's name in a path `…/AJ_Cook/AJ_Cook_0001.jpg`; undefined for files that are no images, and for hidden ones.
 *
 * @throws LfwError for a path out of the archive (absolute, or with `..`), and for a `.jpg` that is not so named
 */
export function imageNameInPath(path: string, where: string): string | undefined {
  checkPath(path, where);
  const [file = '', person = ''] = path.split('/').toReversed();
  if (file.startsWith('.') || !/\.jpe?g$/i.test(file)) return undefined;
  const name = /^(.+)_(\d{4,})\.jpg$/s.exec(file);
  if (
    name === null ||
    name[1] !== person ||
    !isPerson(person) ||
    file !== `${imageName(person, Number(name[2]))}.jpg`
  ) {
    const form = 'Name/Name_0001.jpg, the folder and the file named after the person';
    throw new LfwError(where, `the image is ${quoted(`${person}/${file}`)}`, form, 'rename it or leave it out');
  }
  return file.slice(0, -'.jpg'.length);
}

/** Refuses paths that could lead out of a folder. */
export function checkPath(path: string, where: string): void {
  const bad = /^[/\\]|^[A-Za-z]:|\0/.test(path)
    ? 'an absolute path'
    : path.split(/[/\\]/).includes('..')
      ? 'a path with ".."'
      : undefined;
  if (bad === undefined) return;
  throw new LfwError(
    where,
    `the entry has ${bad}`,
    'a path within the archive',
    'do not trust this archive, get it again',
  );
}

/** Refuses files that are too large to be an image. */
export function checkFileSize(size: number, where: string): void {
  if (size <= LARGEST_FILE) return;
  const expected = `at most ${LARGEST_FILE} for an image`;
  throw new LfwError(
    where,
    `the file has ${size} bytes`,
    expected,
    'the file is no face of this data set, leave it out',
  );
}
