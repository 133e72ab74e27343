import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { aFunction, aText, checkOptions, oneOf, printable, required } from '@deepbelief/checks';
import type { IndexedDataset } from '@deepbelief/data';
import {
  mapOrdered,
  preparedDataset,
  prepareImages,
  shortDigest,
  type PrepareImagesOptions,
} from '@deepbelief/data/node';
import sharp from 'sharp';
import { decodeImage, type DecodedImage } from './decode-image.ts';
import { ImageError } from './image-error.ts';
import { checkImageOptions, imageOptionRules, type ImageOptions } from './image-options.ts';
import { imagePreparer } from './image-preparer.ts';
import { listImages, type ImageList, type ListedImage } from './list-images.ts';
import { imageBytes } from './read-image.ts';

/** Options of `imageFolder`. */
export interface ImageFolderOptions extends ImageOptions {
  /** Pictures in a subfolder for each class, or all without subfolders. */
  readonly folder: string;
  /** The folder that keeps the prepared pictures, in a file for each folder and set of options. */
  readonly cache: string;
  /** Its name in messages and reports. Default the folder's name. */
  readonly name?: string;
  /** Default `uint8`, which rounds to gray levels; `float32` is exact and four times as large. */
  readonly values?: 'uint8' | 'float32';
  /** What to do about a file that cannot be decoded. Default `error`. */
  readonly wrong?: 'error' | 'skip';
  /** Called during preparation with the number of finished pictures. */
  readonly onProgress?: (done: number) => void;
  /** Called once if another process is preparing the same pictures, before waiting for it. */
  readonly onWait?: PrepareImagesOptions['onWait'];
}

/** Pictures of a folder as a dataset, values 0 to 1. */
export interface ImageFolder extends IndexedDataset {
  /** Where the pictures are below the folder: `cats/1.png`. */
  readonly paths: readonly string[];
  /** The names of the classes: the subfolders. Empty if there are none. */
  readonly classNames: readonly string[];
  /** What is wrong with each file that was skipped. */
  readonly skipped: readonly string[];
  /** The file with the prepared pictures. */
  readonly prepared: string;
}

/** Part of what prepared files depend on. Increase it when the same options give other values. */
const VERSION = 1;

/**
 * Makes a dataset of a folder of pictures: JPEG, PNG, WebP, TIFF, AVIF and GIF. Subfolders are
 * classes. The first time, pictures are decoded, and the window in their middle is resampled by
 * exact area averages. After that they are read from a file in `cache`, which is made again if
 * files, options or the decoder have changed. Memory does not grow with the number of pictures.
 *
 * @throws ImageError that names the file if one cannot be decoded, and like `listImages`;
 *   RangeError for invalid options; Error if the cache cannot be written
 */
export async function imageFolder(options: ImageFolderOptions): Promise<ImageFolder> {
  checkOptions('imageFolder', options, {
    ...imageOptionRules,
    folder: required(aText),
    cache: required(aText),
    name: aText,
    values: oneOf(['uint8', 'float32']),
    wrong: oneOf(['error', 'skip']),
    onProgress: aFunction,
    onWait: aFunction,
  });
  const { folder, cache, values = 'uint8', wrong = 'error' } = options;
  const checked = checkImageOptions('imageFolder', options);
  const { size, color } = checked;
  const list = await listImages(folder);
  const dependsOn = {
    version: VERSION,
    files: identityOf(list),
    ...checked,
    wrong,
    decoder: sharp.versions,
  };
  const name = options.name ?? basename(resolve(folder));
  const parts = [basename(resolve(folder)), size.join('x'), color ? 'color' : 'gray', values];
  const images = await prepareImages({
    path: join(cache, `${parts.join('-')}-${shortDigest(dependsOn)}.safetensors`),
    onWait: options.onWait,
    shape: color ? [...size, 3] : size,
    values,
    dependsOn,
    produce: (add) => produce(list, options, add),
  });
  const { labels } = images.extras;
  const lines = (extra: string): string[] => JSON.parse(textOf(images.extras[extra])) as string[];
  const { classNames } = list;
  return {
    ...preparedDataset({
      name,
      images,
      scale: 1 / 255,
      ...(labels !== undefined && { labels, classes: classNames.length }),
    }),
    paths: lines('paths'),
    classNames,
    skipped: lines('skipped'),
    prepared: images.path,
  };

  async function produce(
    { images: listed, classNames: classes }: ImageList,
    { onProgress }: ImageFolderOptions,
    add: (pixels: Float32Array) => Promise<void>,
  ): Promise<Record<string, Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>> {
    const prepare = imagePreparer(checked);
    const paths: string[] = [];
    const classOf: number[] = [];
    const skipped: string[] = [];
    // Decoding goes on in threads of its own.
    const results = mapOrdered(listed, 2 * availableParallelism(), async (image) => ({
      image,
      result: await attempt(image),
    }));
    for await (const { image, result } of results) {
      if (result instanceof ImageError) {
        if (wrong === 'error') throw result;
        skipped.push(result.message);
        continue;
      }
      await add(prepare(result));
      paths.push(image.path);
      classOf.push(classes.indexOf(image.className));
      onProgress?.(paths.length);
    }
    if (paths.length === 0) {
      const found = `none of its ${listed.length} pictures can be decoded`;
      const [first = ''] = skipped;
      throw new ImageError(printable(folder), found, 'pictures', `the first fault: ${first}`);
    }
    return {
      paths: bytesOf(paths),
      skipped: bytesOf(skipped),
      ...(classes.length > 0 && { labels: Int32Array.from(classOf) }),
    };
  }

  async function attempt({ path }: ListedImage): Promise<DecodedImage | ImageError> {
    try {
      return await decodeImage(await imageBytes(folder, path), printable(join(folder, path)));
    } catch (error) {
      if (error instanceof ImageError) return error;
      throw error;
    }
  }
}

/** Changes when a file does: an MD5 of all paths, sizes and times of change. */
function identityOf({ images }: ImageList): string {
  const hash = createHash('md5');
  for (const { path, size, modified } of images) hash.update(`${path}\t${size}\t${modified}\n`);
  return hash.digest('hex');
}

function bytesOf(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(JSON.stringify(texts)));
}

function textOf(bytes: Uint8Array | Int32Array | undefined): string {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : '[]';
}
