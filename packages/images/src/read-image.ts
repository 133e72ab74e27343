import { join } from 'node:path';
import { checkOptions, printable } from '@deepbelief/checks';
import { readRegularFile, RegularFileError } from '@deepbelief/data/node';
import { decodeImage } from './decode-image.ts';
import { ImageError } from './image-error.ts';
import { checkImageOptions, imageOptionRules, type ImageOptions } from './image-options.ts';
import { imagePreparer } from './image-preparer.ts';

/** The most bytes of a picture's file. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Reads a picture as `imageFolder` does, for a model that was trained on such a folder.
 *
 * @param picture path of the picture, or its bytes
 * @returns values [height, width] or [height, width, 3], 0 to 1
 * @throws ImageError if it cannot be read or decoded; RangeError for an option that is unknown or
 *   out of range
 */
export async function readImage(
  picture: string | Uint8Array,
  options: ImageOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  checkOptions('readImage', options, imageOptionRules);
  const checked = checkImageOptions('readImage', options);
  const [where, bytes] =
    typeof picture === 'string'
      ? [picture, await imageBytes('', picture)]
      : ['the picture', picture];
  const values = imagePreparer(checked)(await decodeImage(bytes, where));
  return values.map((value) => value / 255);
}

/** The bytes of a picture below a folder. Throws an ImageError. */
export async function imageBytes(folder: string, path: string): Promise<Uint8Array> {
  const place = join(folder, path);
  try {
    return await readRegularFile(place, { limit: MOST_BYTES });
  } catch (cause) {
    if (!(cause instanceof RegularFileError)) throw cause;
    const remedy = cause.code === undefined ? cause.remedy : 'check that it exists and is readable';
    throw new ImageError(printable(place), cause.found, 'a picture', remedy, { cause });
  }
}
