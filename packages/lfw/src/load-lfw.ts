import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { anything, checkOptions, flag, oneOf } from '@deepbelief/checks';
import {
  fileIdentity,
  mapOrdered,
  preparedDataset,
  prepareImages,
  shortDigest,
  type PrepareImagesOptions,
} from '@deepbelief/data/node';
import sharp from 'sharp';
import { parseEyes, type Eyes } from './eye-positions.ts';
import type { ImageFile } from './image-file.ts';
import { LfwError, reasonOf } from './lfw-error.ts';
import { LFW_IMAGES, LFW_PEOPLE, lfwFiles, type LfwFile } from './lfw-files.ts';
import { lfwImages, type LfwImages } from './lfw-images.ts';
import { imageName, personOf } from './image-name.ts';
import { PassedOver, passedOverText } from './passed-over.ts';
import {
  checkFaceOptions,
  faceOptionRules,
  facePreparer,
  type FaceOptions,
} from './prepare-face.ts';
import { readArchive } from './read-archive.ts';
import { folderIdentity, readFolder } from './read-folder.ts';
import { readText } from './read-text.ts';

/** Part of what prepared files depend on. Increase it when the same options give other values. */
const VERSION = 2;

/** Options for loading the images. */
export interface LoadLfwOptions extends FaceOptions {
  /**
   * An archive (`lfw.tgz`, `lfw-funneled.tgz`, `lfw-deepfunneled.tgz`) or a folder with one folder
   * per person.
   */
  readonly source: string;
  /**
   * The folder that keeps the prepared images, in a separate file for each source and set of
   * options.
   */
  readonly cache: string;
  /**
   * A file of eye positions for all images (`parseEyes`). Faces are turned and scaled so that all
   * eyes lie in the same place.
   */
  readonly eyes?: string;
  /**
   * How values are stored. `uint8` rounds to whole gray levels, 3 kB per 32×32 color image;
   * `float32` is exact, 12 kB. Default `uint8`.
   */
  readonly values?: 'uint8' | 'float32';
  /**
   * Whether all 13,233 images of 5,749 people must be there; false for your own collection. Default
   * true.
   */
  readonly complete?: boolean;
  /** Called during preparation with the number of finished images. */
  readonly onProgress?: (done: number) => void;
  /** Called once if another process is preparing the same images, before waiting for it. */
  readonly onWait?: PrepareImagesOptions['onWait'];
}

/**
 * Loads the images of Labeled Faces in the Wild, or a collection with the same layout, as a dataset
 * of faces, 0 to 1. The first time, it reads them from the archive or folder, decodes them, crops
 * or aligns them, and resamples them by exact area averages. After that it reads them from a file
 * in `cache`, which is made again if source, eye positions, options or decoder have changed or the
 * file is damaged. It writes nothing else, and memory does not grow with the number of images.
 *
 * Source: G. Huang, M. Ramesh, T. Berg, E. Learned-Miller, "Labeled Faces in the Wild", technical
 * report 07-49, University of Massachusetts (2007); preparation: V. Nair, G. Hinton, ICML 2010,
 * section 5.2.
 *
 * @throws LfwError that names the source and entry for images that are missing, damaged or of an
 *   unsupported kind, entries that lead out of the archive, and wrong counts; RangeError for
 *   invalid options; Error if the cache cannot be written
 */
export async function loadLfw(options: LoadLfwOptions): Promise<LfwImages> {
  const { source, cache, values = 'uint8', complete = true } = options;
  checkOptions('loadLfw', options, {
    ...faceOptionRules,
    source: anything,
    cache: anything,
    eyes: anything,
    values: oneOf(['uint8', 'float32']),
    complete: flag,
    onProgress: anything,
    onWait: anything,
  });
  const face = checkFaceOptions(options, 'loadLfw');
  const { folder, identity } = await sourceIdentity(source);
  const eyes = options.eyes === undefined ? undefined : await readEyes(options.eyes);
  const name = basename(resolve(source)).replace(/\.tgz$/, '');
  const [height, width] = face.size;
  const kind = face.color ? 'color' : 'gray';
  const dependsOn = {
    version: VERSION,
    source: identity,
    window: eyes ? 'eyes' : face.window,
    eyes: eyes?.md5,
    complete,
    decoder: sharp.versions,
  };
  // Files for other sources and options in the same cache have other names, so their readers are
  // not disturbed.
  const parts = [
    name,
    `${height}x${width}`,
    kind,
    ...(eyes ? ['eyes'] : []),
    values,
    shortDigest(dependsOn),
  ];
  const images = await prepareImages({
    path: join(cache, `${parts.join('-')}.safetensors`),
    onWait: options.onWait,
    shape: face.color ? [height, width, 3] : [height, width],
    values,
    dependsOn,
    async produce(add) {
      const names: string[] = [];
      const seen = new Set<string>();
      const prepare = facePreparer(face);
      const passedOver = new PassedOver();
      const files = (folder ? readFolder : readArchive)(source, face.limits, passedOver);
      const faces = mapOrdered(files, 2 * availableParallelism(), async (file) => ({
        file,
        values: await prepare(file.bytes, file.where, eyes && eyesOf(file, eyes)),
      }));
      for await (const { file, values: pixels } of faces) {
        if (seen.has(file.name))
          throw new LfwError(file.where, 'the image is there twice', 'once', 'leave one out');
        seen.add(file.name);
        names.push(file.name);
        await add(pixels);
        options.onProgress?.(names.length);
      }
      checkCounts(names, source, complete, passedOver.counts);
      return {
        names: new Uint8Array(Buffer.from(names.join('\n'))),
        'passed over': new Uint8Array(Buffer.from(JSON.stringify(passedOver.counts))),
      };
    },
  });
  const text = (extra: string): string => Buffer.from(images.extras[extra] ?? []).toString();
  const stored = preparedDataset({ name, images, scale: 1 / 255 });
  const passedOver = JSON.parse(text('passed over')) as Readonly<Record<string, number>>;
  return lfwImages(stored, text('names').split('\n'), { path: images.path, passedOver });
}

/** The kind of source, and what shows whether it is still the same. */
async function sourceIdentity(source: string): Promise<{ folder: boolean; identity: unknown }> {
  let folder: boolean;
  try {
    folder = (await stat(source)).isDirectory();
  } catch (cause) {
    const expected = 'lfw.tgz, lfw-funneled.tgz, lfw-deepfunneled.tgz or a folder with the images';
    const remedy = `get ${lfwFiles
      .filter(({ name }) => name.endsWith('.tgz'))
      .map(wordsOf)
      .join(' or ')}`;
    throw new LfwError(source, `cannot be found (${reasonOf(cause)})`, expected, remedy, { cause });
  }
  return { folder, identity: folder ? await folderIdentity(source) : await fileIdentity(source) };
}

/** Reads eye positions from a file. */
interface EyesFile {
  readonly file: string;
  readonly md5: string;
  readonly eyes: ReadonlyMap<string, Eyes>;
}

async function readEyes(path: string): Promise<EyesFile> {
  const text = await readText(path, 'a file of eye positions', 'check the path');
  const file = basename(path);
  return { file, md5: createHash('md5').update(text).digest('hex'), eyes: parseEyes(text, file) };
}

function eyesOf({ name, where }: ImageFile, { file, eyes }: EyesFile): Eyes {
  const found = eyes.get(name);
  if (found) return found;
  throw new LfwError(
    where,
    `${file} has no eye positions of it`,
    'a line for each image',
    `add "${name}.jpg⇥…"`,
  );
}

function checkCounts(
  names: readonly string[],
  source: string,
  complete: boolean,
  others: Readonly<Record<string, number>>,
): void {
  const people = new Set(names.map(personOf)).size;
  const found = `${names.length} images of ${people} people`;
  if (names.length === 0) {
    const form = 'files Name/Name_0001.jpg in it';
    const passed = passedOverText(others);
    const nothing = `it holds no images${passed && ` (passed over: ${passed})`}`;
    throw new LfwError(source, nothing, form, 'check the path, and that everything was unpacked');
  }
  if (!complete || (names.length === LFW_IMAGES && people === LFW_PEOPLE)) return;
  const gap = firstGap(names);
  const remedy = 'get it again, or set complete: false for a collection of your own';
  throw new LfwError(source, `${found}${gap}`, `${LFW_IMAGES} of ${LFW_PEOPLE}`, remedy);
}

/** Finds an image that must be missing, since a person's image numbers have no gaps. */
function firstGap(names: readonly string[]): string {
  const there = new Set(names);
  for (const name of there) {
    const person = personOf(name) ?? '';
    const number = Number(name.slice(person.length + 1));
    const before = imageName(person, number - 1);
    if (number > 1 && !there.has(before)) return ` (${before} is missing, for one)`;
  }
  return '';
}

function wordsOf({ name, source }: LfwFile): string {
  return `${name} from ${source}`;
}
