import { join } from 'node:path';
import {
  argumentError,
  aFunction,
  aText,
  checkOptions,
  finiteNumber,
  oneOf,
  required,
} from '@deepbelief/checks';
import { areaResampler } from '@deepbelief/data';
import {
  fileIdentity,
  preparedDataset,
  prepareImages,
  shortDigest,
  type PrepareImagesOptions,
} from '@deepbelief/data/node';
import type { NorbDataset } from './norb-dataset.ts';
import type { NorbPart } from './norb-part.ts';
import { LARGEST_IMAGE, NORB_VARIANTS } from './norb-variant.ts';
import { readNorbImages } from './read-norb-images.ts';

/** Which images of each pair. */
export type NorbEyes = 'both' | 'left' | 'right';

/** Options of `prepareNorb`. */
export interface PrepareNorbOptions {
  /** Folder of the prepared images, made if missing. */
  readonly cache: string;
  /** New height and width, in pixels; default 32. */
  readonly size?: number;
  /** Default both. */
  readonly eyes?: NorbEyes;
  /**
   * How resampled gray levels are stored: `uint8` (default) rounds, an error of up to half a level;
   * `float32` is exact and four times as large.
   */
  readonly values?: 'uint8' | 'float32';
  /** Called once if another process is preparing the same images, before waiting for it. */
  readonly onWait?: PrepareImagesOptions['onWait'];
  /** Called now and then while images are prepared. */
  readonly onProgress?: (done: number, pairs: number) => void;
}

/** Increase this when the code below makes other values. */
const VERSION = 1;

/**
 * Makes a dataset from the pairs of parts. It resamples them once by exact area averages into a
 * file in `cache` and reads minibatches from there, so memory does not grow with the number of
 * pairs. Inputs are gray levels from 0 to 1 of shape [size, size, 2], left and right image
 * interleaved, or [size, size] for one eye.
 *
 * @param parts of one set, such as `openNorb(folder).training` or some of them
 * @throws RangeError if there are no parts, their images have different sizes, size is not a whole
 *   number of 1 or more, or an option is unknown; NorbFileError for bad images; Error if the cache
 *   cannot be written
 */
export async function prepareNorb(
  parts: readonly NorbPart[],
  options: PrepareNorbOptions,
): Promise<NorbDataset> {
  checkOptions('prepareNorb', options, {
    cache: required(aText),
    size: finiteNumber({ low: 1, high: LARGEST_IMAGE, whole: true }),
    eyes: oneOf(['both', 'left', 'right']),
    values: oneOf(['uint8', 'float32']),
    onProgress: aFunction,
    onWait: aFunction,
  });
  const { cache, size = 32, eyes = 'both', values = 'uint8', onProgress, onWait } = options;
  const [first] = parts;
  if (first === undefined || parts.some((part) => !belongs(part, first))) {
    const found = parts
      .map(({ variant, set, imageSize }) => `${variant} ${set} ${imageSize}×${imageSize}`)
      .join(', ');
    throw argumentError(
      `prepareNorb: parts are [${found}], expected one or more of one set and image size`,
    );
  }
  const { variant, set, imageSize } = first;
  const { categories, infoColumns } = NORB_VARIANTS[variant];
  const pairs = parts.reduce((sum, part) => sum + part.pairs, 0);
  const channels = eyes === 'both' ? 2 : 1;
  const resample = areaResampler([imageSize, imageSize, channels], [size, size], {
    input: 'planar',
    output: 'interleaved',
  });
  const numbers = parts.map(({ part }) => part).join('+');
  const dependsOn = {
    version: VERSION,
    files: await Promise.all(parts.map(({ file }) => fileIdentity(file))),
    eyes,
  };
  // Files from other sources in the same cache have other names, so they stay and their readers are
  // not disturbed.
  const name = [
    variant,
    set,
    numbers,
    `${size}x${size}`,
    eyes,
    values,
    shortDigest(dependsOn),
  ].join('-');
  const images = await prepareImages({
    path: join(cache, `${name}.safetensors`),
    dependsOn,
    onWait,
    shape: channels === 1 ? [size, size] : [size, size, 2],
    values,
    async produce(add) {
      let before = 0;
      const one = imageSize ** 2;
      const start = eyes === 'right' ? one : 0;
      for (const part of parts) {
        for await (const chunk of readNorbImages(part)) {
          const results = new Float32Array(chunk.count * channels * size ** 2);
          for (let i = 0; i < chunk.count; i++) {
            const from = 2 * one * i + start;
            const result = results.subarray(
              i * channels * size ** 2,
              (i + 1) * channels * size ** 2,
            );
            resample(chunk.images.subarray(from, from + channels * one), result);
          }
          await add(results);
          onProgress?.(before + chunk.first + chunk.count, pairs);
        }
        before += part.pairs;
      }
    },
  });
  const labels = new Int32Array(pairs);
  const columns = new Int32Array(pairs * infoColumns);
  let before = 0;
  for (const part of parts) {
    labels.set(part.categories, before);
    columns.set(part.columns, before * infoColumns);
    before += part.pairs;
  }
  const dataset = preparedDataset({
    name: `${variant} NORB, ${set}`,
    images,
    labels,
    classes: categories,
    scale: 1 / 255,
  });
  return { ...dataset, labels, variant, columns };
}

function belongs(part: NorbPart, first: NorbPart): boolean {
  return (
    part.variant === first.variant && part.set === first.set && part.imageSize === first.imageSize
  );
}
