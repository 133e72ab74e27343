import { join } from 'node:path';
import { describeArray, type ArrayDescription, type NumericArray } from '@deepbelief/arrays';
import { readArrayFile } from '@deepbelief/arrays/node';
import { readIdx } from '@deepbelief/data';
import { dataKind, readRegularFile } from '@deepbelief/data/node';
import { UserError } from '@deepbelief/experiments';
import { describeImages, ImageError, readImage, type ImagesDescription } from '@deepbelief/images';
import {
  describeTable,
  openTable,
  scanTable,
  type TableDescription,
  type TableOptions,
  type TableSource,
  type TableStatistics,
} from '@deepbelief/tables';

/** How to read a table. */
export type LookOptions = Pick<TableOptions, 'separator' | 'decimal' | 'header'>;

/** The content of a table. */
export interface TableLook {
  readonly kind: 'table';
  /** `a CSV file` */
  readonly about: string;
  readonly table: TableDescription;
  readonly source: TableSource;
  readonly statistics: TableStatistics;
}

/** The content of a file of arrays. */
export interface ArraysLook {
  readonly kind: 'arrays';
  readonly about: string;
  readonly arrays: readonly {
    readonly name: string;
    readonly array: NumericArray;
    readonly description: ArrayDescription;
  }[];
}

/** The content of a folder of pictures. */
export interface ImagesLook {
  readonly kind: 'images';
  readonly about: string;
  readonly images: ImagesDescription;
  /** Some pictures of the folder, gray, 0 to 1, each a square of this side. */
  readonly side: number;
  readonly pixels: Float32Array;
}

/** The content of a file or folder of data. */
export type Look = TableLook | ArraysLook | ImagesLook;

/** The side of pictures in a report. */
const SIDE = 48;

const ARRAYS = {
  npy: 'an NPY file',
  npz: 'an NPZ file',
  safetensors: 'a safetensors file',
  idx: 'an idx file',
} as const;

const TABLES: Readonly<Record<TableSource['format'], string>> = {
  csv: 'a CSV file',
  parquet: 'a Parquet file',
  'json lines': 'a file of JSON lines',
};

/**
 * Summarizes data of any kind.
 *
 * @throws UserError for other compressed files, and for table options with other data; whatever
 *   the readers throw
 */
export async function lookAt(path: string, options: LookOptions = {}): Promise<Look> {
  const kind = await dataKind(path);
  if (kind === 'table') return lookAtTable(path, options);
  const [given] = Object.keys(options);
  if (given !== undefined) {
    const option = given === 'header' ? '--no-header' : `--${given}`;
    throw new UserError(`look: ${option} is for CSV, and ${path} is not CSV: leave ${option} out`);
  }
  if (kind === 'gzip') {
    throw new UserError(`${path}: the file is compressed, expected plain data: unpack it first`);
  }
  if (kind === 'folder') return lookAtImages(path);
  const arrays =
    kind === 'idx'
      ? { array: await readIdx(await readRegularFile(path), path) }
      : await readArrayFile(path);
  return {
    kind: 'arrays',
    about: ARRAYS[kind],
    arrays: Object.entries(arrays).map(([name, array]) => ({
      name,
      array,
      description: describeArray(array),
    })),
  };
}

async function lookAtImages(path: string): Promise<ImagesLook> {
  const images = await describeImages(path);
  const pictures: Float32Array[] = [];
  for (const name of images.some) {
    try {
      pictures.push(await readImage(join(path, name), { size: SIDE }));
    } catch (error) {
      // Its header was sound; training will name it.
      if (!(error instanceof ImageError)) throw error;
    }
  }
  const pixels = new Float32Array(pictures.length * SIDE ** 2);
  pictures.forEach((picture, i) => pixels.set(picture, i * SIDE ** 2));
  return { kind: 'images', about: 'a folder of pictures', images, side: SIDE, pixels };
}

async function lookAtTable(path: string, options: LookOptions): Promise<TableLook> {
  const source = await openTable(path, options);
  const statistics = await scanTable(source);
  const table = await describeTable(source, statistics);
  return { kind: 'table', about: TABLES[source.format], table, source, statistics };
}
