import { imageName } from './image-name.ts';
import { LfwError, quoted } from './lfw-error.ts';
import { isPerson } from './text-rows.ts';

/** A stored image. */
export interface ImageFile {
  /** `AJ_Cook_0001`. */
  readonly name: string;
  /** Where it is, for messages: `lfw.tgz: lfw/AJ_Cook/AJ_Cook_0001.jpg`. */
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** File names that count as pictures; sharp decodes them all. */
export const PICTURE: RegExp = /\.(jpe?g|png|webp|tiff?|avif)$/i;

/** The longest file name, in characters; most file systems allow this many bytes. */
const LONGEST_NAME = 255;

/**
 * Returns the image's name in a path `…/AJ_Cook/AJ_Cook_0001.jpg`; undefined for hidden files and
 * files that are not pictures.
 *
 * @throws LfwError for a path out of the archive (absolute, or with `..`), and for a picture with
 *   another form of name
 */
export function imageNameInPath(path: string, where: string): string | undefined {
  checkPath(path, where);
  const [file = '', person = ''] = path.split('/').toReversed();
  if (file.startsWith('.') || !PICTURE.test(file)) return undefined;
  const stem = file.replace(PICTURE, '');
  const [, named, number] = /^(.+)_(\d{4,})$/s.exec(stem) ?? [];
  if (
    named !== person ||
    !isPerson(person) ||
    stem !== imageName(person, Number(number)) ||
    file.length > LONGEST_NAME
  ) {
    const form = 'Name/Name_0001.jpg, the folder and the file named after the person';
    throw new LfwError(
      where,
      `the image is ${quoted(`${person}/${file}`)}`,
      form,
      'rename it or leave it out',
    );
  }
  return stem;
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
    'do not trust this archive: download it again',
  );
}

/** Refuses files that are too large to be a picture. */
export function checkFileSize(size: number, limit: number, where: string): void {
  if (size <= limit) return;
  const remedy = 'leave it out, or raise limits.pictureBytes';
  throw new LfwError(where, `the file has ${size} bytes`, `at most ${limit} for a picture`, remedy);
}
