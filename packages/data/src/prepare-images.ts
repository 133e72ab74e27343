import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import { openPrepared, type PreparedExtras, type PreparedImages, type PreparedValues } from './prepared-file.ts';
import { writePrepared, type ImageValues } from './write-prepared.ts';

/** What `prepareImages` does. */
export interface PrepareImagesOptions {
  /** The file; its folder is made where there is none. */
  readonly path: string;
  /**
   * All that the images depend on, as JSON: the source's identity (`fileIdentity`), sizes, options and a version of the
   * code that makes them. When it is not what the file says, the images are prepared again.
   */
  readonly dependsOn: unknown;
  /** Shape of one image. */
  readonly shape: readonly number[];
  /**
   * How values are kept. `uint8`: rounded to the nearest whole number (halves up), so off by up to half a grey level;
   * `float32`: as they are, four times as large.
   */
  readonly values: PreparedValues;
  /**
   * Makes the images: hands them to `add` in their order, waiting for it each time, and gives the arrays to keep with
   * them. Called only when there is no file that can be used.
   *
   * @param reason why, in a few words: `there was none`, `it is damaged`
   */
  readonly produce: (add: (images: ImageValues) => Promise<void>, reason: string) => Promise<PreparedExtras | void>;
}

/**
 * Opens prepared images, or prepares them: decoded and resampled once, they are kept in one file, a safetensors file
 * with a tensor `images`. It is written whole or not at all, and prepared again when anything it depends on has changed,
 * when its format has, or when its length or its digest (SHA-256 of all its bytes, computed at every opening) is
 * wrong. Neither takes memory that grows with the number of images.
 *
 * @throws RangeError when the values are no whole number of images, there are none, or one does not fit into a byte;
 *   Error when the file cannot be written; and whatever `produce` throws. The file is then as it was
 */
export async function prepareImages(options: PrepareImagesOptions): Promise<PreparedImages> {
  const { path, shape, values, produce } = options;
  const expected = { key: JSON.stringify({ shape, values, dependsOn: options.dependsOn }), shape, values };
  const found = await openPrepared(path, expected);
  if (typeof found !== 'string') return found;
  await mkdir(dirname(path), { recursive: true });
  await writeFileWhole(path, (file) => writePrepared(file, path, expected, (add) => produce(add, found)));
  const written = await openPrepared(path, expected);
  if (typeof written !== 'string') return written;
  throw new Error(`${path}: was prepared, but now ${written}, expected the same: check the disk, and who else writes`);
}
