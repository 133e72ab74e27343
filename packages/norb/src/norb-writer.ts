import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { argumentError, checkOptions, finiteNumber, oneOf, required } from '@deepbelief/checks';
import { makeFolder, writeFileWhole, type FileBeingWritten } from '@deepbelief/safetensors/node';
import { encodeMat } from './mat.ts';
import { encodeMatHeader } from './mat-header.ts';
import { NORB_CATEGORIES, type NorbCategory } from './norb-category.ts';
import { norbFileName } from './norb-file-name.ts';
import { columnsOfInfo, type NorbInfo } from './norb-info.ts';
import {
  LARGEST_IMAGE,
  MOST_PAIRS,
  NORB_INSTANCES,
  NORB_VARIANTS,
  type NorbSet,
  type NorbVariant,
} from './norb-variant.ts';

/** Which part of which set to write. */
export interface NorbWriterOptions {
  readonly variant: NorbVariant;
  readonly set: NorbSet;
  /** From 1; default 1. Small NORB has one part. */
  readonly part?: number;
  /**
   * Number of pairs of this part. It must be known in advance because the file's header comes
   * first.
   */
  readonly pairs: number;
  /** Height and width of the images, in pixels; default the original's, 96 or 108. */
  readonly imageSize?: number;
}

/** One stereo pair. */
export interface NorbPair {
  /**
   * Left image, then right image, row by row: gray levels, 2 * imageSize² bytes. May be reused
   * after `append`.
   */
  readonly images: Uint8Array;
  readonly category: NorbCategory;
  readonly info: NorbInfo;
}

/** Writes a part's three files, pair by pair. End it with `close` or `abandon`. */
export interface NorbWriter {
  /** Pairs appended so far. */
  readonly count: number;
  /** Await it before the next call. */
  append(pair: NorbPair): Promise<void>;
  /** Gives the three files their names, the dat file last: if it exists, so do the others. */
  close(): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** Bytes collected before they are written to disk. */
const BUFFER = 2 ** 22;

/**
 * Starts writing the dat, cat and info files of a part, byte for byte in the original's format and
 * under its names. Images are written as they come. The files appear when all pairs are there, or
 * not at all.
 *
 * @param directory the folder, made if missing
 * @throws RangeError for a part, a number of pairs or an image size out of range; Error if the disk
 *   cannot be written. `append` throws a RangeError for images of another size, a category or info
 *   that the variant does not have, or too many pairs; `close` throws one if pairs are missing
 */
export async function createNorbWriter(
  directory: string,
  options: NorbWriterOptions,
): Promise<NorbWriter> {
  checkOptions('createNorbWriter', options, {
    variant: required(oneOf(Object.keys(NORB_VARIANTS))),
    set: required(oneOf(Object.keys(NORB_INSTANCES))),
    part: finiteNumber({ low: 1, whole: true }),
    pairs: required(finiteNumber({ low: 1, high: MOST_PAIRS, whole: true })),
    imageSize: finiteNumber({ low: 1, high: LARGEST_IMAGE, whole: true }),
  });
  const { variant, set, part = 1, pairs, imageSize = NORB_VARIANTS[variant].imageSize } = options;
  const { categories, infoColumns } = NORB_VARIANTS[variant];
  const path = (kind: 'dat' | 'cat' | 'info'): string =>
    join(directory, norbFileName({ variant, set, part, imageSize, kind }));
  const header = encodeMatHeader('uint8', [pairs, 2, imageSize, imageSize]);
  const pairBytes = 2 * imageSize * imageSize;
  const cat = new Int32Array(pairs);
  const info = new Int32Array(pairs * infoColumns);
  const paths = { dat: path('dat'), cat: path('cat'), info: path('info') };
  await makeFolder(directory);
  const dat = bufferedWriter(await openWhole(paths.dat), Math.max(BUFFER, pairBytes));
  await dat.write(header);
  let count = 0;

  return {
    get count() {
      return count;
    },
    async append({ images, category, info: taken }) {
      const number = NORB_CATEGORIES.indexOf(category);
      if (count === pairs)
        throw argumentError(`NorbWriter.append: pair ${count + 1} is too many, expected ${pairs}`);
      if (number < 0 || number >= categories) {
        const known = NORB_CATEGORIES.slice(0, categories).join(', ');
        throw argumentError(
          `NorbWriter.append: category is ${category}, expected one of ${known} (${variant} NORB)`,
        );
      }
      if (images.length !== pairBytes) {
        throw argumentError(
          `NorbWriter.append: images have ${images.length} bytes, expected ${pairBytes}, two ` +
            `of ${imageSize}×${imageSize}`,
        );
      }
      info.set(columnsOfInfo(taken, variant), count * infoColumns);
      cat[count] = number;
      await dat.write(images);
      count++;
    },
    async close() {
      if (count !== pairs) {
        await dat.abandon();
        throw argumentError(
          `NorbWriter.close: there are ${count} pairs, expected ${pairs}: nothing was written`,
        );
      }
      try {
        await dat.flush();
        // A kill between two files leaves a part without a dat file, never new labels with old
        // pictures.
        await rm(paths.dat, { force: true });
        await writeFileWhole(paths.cat, encodeMat({ dtype: 'int32', shape: [pairs], data: cat }));
        await writeFileWhole(
          paths.info,
          encodeMat({ dtype: 'int32', shape: [pairs, infoColumns], data: info }),
        );
        await dat.commit();
      } catch (error) {
        await dat.abandon();
        throw error;
      }
    },
    abandon: () => dat.abandon(),
  };
}

/** A file that appears, whole, on `commit`. */
interface WholeFile extends FileBeingWritten {
  commit(): Promise<void>;
  abandon(): Promise<void>;
}

/** `writeFileWhole` turned inside out: the file stays open between calls. */
function openWhole(path: string): Promise<WholeFile> {
  return new Promise((opened, failed) => {
    writeFileWholeOpen(path, opened).catch(failed);
  });
}

async function writeFileWholeOpen(path: string, opened: (file: WholeFile) => void): Promise<void> {
  let commit = (): void => undefined;
  let abandon = (): void => undefined;
  const closed = new Promise<void>((resolve, reject) => {
    commit = resolve;
    abandon = () => reject(new Error('abandoned'));
  });
  const written: Promise<void> = writeFileWhole(path, (file) => {
    opened({
      write: (bytes, position) => file.write(bytes, position),
      commit() {
        commit();
        return written;
      },
      async abandon() {
        abandon();
        await written.catch(() => undefined);
      },
    });
    return closed;
  });
  await written;
}

interface BufferedWriter extends Pick<WholeFile, 'write' | 'commit' | 'abandon'> {
  flush(): Promise<void>;
}

/**
 * Collects small writes, each awaited before the next. One of two buffers fills while the other is
 * written to disk.
 */
function bufferedWriter(file: WholeFile, size: number): BufferedWriter {
  let buffer = new Uint8Array(size);
  let spare = new Uint8Array(size);
  let filled = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await writing;
    writing = file.write(buffer.subarray(0, filled));
    // The next await reports a failure; until then it must not count as unhandled.
    writing.catch(() => undefined);
    [buffer, spare] = [spare, buffer];
    filled = 0;
  };
  return {
    async flush() {
      await flush();
      await writing;
    },
    async write(bytes) {
      if (filled + bytes.length > size) await flush();
      buffer.set(bytes, filled);
      filled += bytes.length;
    },
    commit: () => file.commit(),
    async abandon() {
      await writing.catch(() => undefined);
      await file.abandon();
    },
  };
}
