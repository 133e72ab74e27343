import { argumentError } from '@deepbelief/checks';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NorbFileError } from './norb-file-error.ts';
import { norbFileName, parseNorbFileName, type NorbFileName } from './norb-file-name.ts';
import { infoFromColumns, type NorbInfo } from './norb-info.ts';
import {
  LARGEST_IMAGE,
  MOST_PAIRS,
  NORB_VARIANTS,
  type NorbSet,
  type NorbVariant,
} from './norb-variant.ts';
import { checkType, readInt32, readMatHeader } from './read-mat.ts';

/** A part of a set: the content of its cat and info files, and where its images are. */
export interface NorbPart {
  readonly variant: NorbVariant;
  readonly set: NorbSet;
  readonly part: number;
  /** The dat file, which holds the images. */
  readonly file: string;
  /** Number of stereo pairs. */
  readonly pairs: number;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Category of each pair, by its number in `NORB_CATEGORIES`. */
  readonly categories: Int32Array;
  /** The info file: [pairs, 4] or [pairs, 10] numbers; `infoOf` names them. */
  readonly columns: Int32Array;
}

/**
 * Opens a part by its dat file. It reads the cat and info files next to it (each plain or with
 * `.gz`) and the header of the images, and checks that they are sound and belong together. It reads
 * no image.
 *
 * @throws NorbFileError for a bad file, a type or shape that a dat, cat or info file does not have,
 *   counts that disagree, images or numbers of pairs beyond any real set, or a category that the
 *   variant does not have; RegularFileError if a file is not a regular file or cannot be read
 */
export async function openNorbPart(file: string): Promise<NorbPart> {
  const name = parseNorbFileName(basename(file));
  if (name?.kind !== 'dat') {
    throw new NorbFileError({
      file,
      found: "the name is not a dat file's",
      expected:
        'a name such as ' +
        norbFileName({ variant: 'small', set: 'training', part: 1, imageSize: 96, kind: 'dat' }),
      remedy: 'restore the original file name',
    });
  }
  const { variant, set, part, imageSize } = name;
  const header = await readMatHeader(file);
  checkType(header, 'uint8', file);
  const [pairs = 0] = header.shape;
  const shape = [pairs, 2, imageSize, imageSize];
  checkLimits(file, imageSize, pairs);
  if (header.shape.join() !== shape.join()) {
    throw new NorbFileError({
      file,
      offset: 4,
      found: `the shape is [${header.shape.join(', ')}]`,
      expected: `[pairs, 2, ${imageSize}, ${imageSize}] by its name`,
    });
  }
  const { infoColumns } = NORB_VARIANTS[variant];
  const why = `as many as the pairs of ${basename(file)}`;
  const cat = await besides(file, name, 'cat');
  const categories = await readInt32(cat, [pairs], why);
  checkCategories(categories.data, variant, cat);
  const info = await readInt32(await besides(file, name, 'info'), [pairs, infoColumns], why);
  return {
    variant,
    set,
    part,
    file,
    pairs,
    imageSize,
    categories: categories.data,
    columns: info.data,
  };
}

/**
 * Throws a NorbFileError for sizes beyond any real set, with which a few header bytes could claim
 * gigabytes.
 */
function checkLimits(file: string, imageSize: number, pairs: number): void {
  const remedy = 'check that this is a NORB file';
  if (imageSize < 1 || imageSize > LARGEST_IMAGE) {
    const expected = `1 to ${LARGEST_IMAGE}`;
    throw new NorbFileError({
      file,
      found: `the images are ${imageSize} pixels wide by its name`,
      expected,
      remedy,
    });
  }
  if (pairs > MOST_PAIRS) {
    throw new NorbFileError({
      file,
      offset: 8,
      found: `there are ${pairs} pairs`,
      expected: `at most ${MOST_PAIRS}`,
      remedy,
    });
  }
}

/** Returns how pair `index` of a part was taken. */
export function infoOf(part: NorbPart, index: number): NorbInfo {
  const { infoColumns } = NORB_VARIANTS[part.variant];
  if (!Number.isInteger(index) || index < 0 || index >= part.pairs) {
    throw argumentError(
      `infoOf: index is ${index}, expected a whole number from 0 to ${part.pairs - 1}`,
    );
  }
  return infoFromColumns(part.columns.subarray(index * infoColumns, (index + 1) * infoColumns));
}

/** Finds the file of another kind that belongs to a dat file, plain or gzipped. */
async function besides(file: string, name: NorbFileName, kind: 'cat' | 'info'): Promise<string> {
  const folder = dirname(file);
  const wanted = basename(file).replace(/-dat\.mat(\.gz)?$/, `-${kind}.mat`);
  const there = await readdir(folder);
  const found = [wanted, `${wanted}.gz`].find((candidate) => there.includes(candidate));
  if (found !== undefined) return join(folder, found);
  throw new NorbFileError({
    file: join(folder, wanted),
    found: 'there is no such file, with or without .gz',
    expected: `it next to ${basename(file)}`,
    remedy: `get all three files of ${name.variant} NORB, ${name.set} part ${name.part}`,
  });
}

function checkCategories(data: Int32Array, variant: NorbVariant, file: string): void {
  const { categories } = NORB_VARIANTS[variant];
  const bad = data.findIndex((value) => value < 0 || value >= categories);
  if (bad === -1) return;
  throw new NorbFileError({
    file,
    offset: 20 + 4 * bad,
    found: `the category of pair ${bad} is ${data[bad]}`,
    expected: `0 to ${categories - 1}`,
  });
}
