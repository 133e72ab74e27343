import { describeArray, type ArrayDescription, type NumericArray } from '@deepbelief/arrays';
import { readArrayFile } from '@deepbelief/arrays/node';
import { readIdx } from '@deepbelief/data';
import { dataKind, readRegularFile } from '@deepbelief/data/node';
import { UserError } from '@deepbelief/experiments';
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

/** The content of a file or folder of data. */
export type Look = TableLook | ArraysLook;

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
 * @throws UserError for a folder, for other compressed files, and for table options with other
 *   data; whatever the readers throw
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
  if (kind === 'folder') {
    throw new UserError(`${path}: this is a folder, expected a file of data: name one`);
  }
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

async function lookAtTable(path: string, options: LookOptions): Promise<TableLook> {
  const source = await openTable(path, options);
  const statistics = await scanTable(source);
  const table = await describeTable(source, statistics);
  return { kind: 'table', about: TABLES[source.format], table, source, statistics };
}
