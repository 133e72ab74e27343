import {
  aList,
  argumentError,
  checkOptions,
  flag,
  oneOf,
  type OptionRule,
} from '@deepbelief/checks';
import { openRegularFile } from '@deepbelief/data/node';
import { GAPS } from './cell.ts';
import { openCsv } from './csv-source.ts';
import { openJsonLines } from './json-lines-source.ts';
import { openParquet } from './parquet-source.ts';
import type { TableOptions, TableSource } from './table-source.ts';

const separatorRule: OptionRule = {
  expected: 'one character, such as ";"',
  accepts: (value) => typeof value === 'string' && value.length === 1 && !/["\r\n]/.test(value),
  optional: true,
};

/**
 * Opens a table: CSV with any separator, JSON lines, or Parquet with any compression. Nothing but
 * its beginning is read.
 *
 * @throws TableError if it is not such a file, is empty, or names a column twice; RegularFileError
 *   if the path is not a file that can be read; RangeError for an unknown option
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<TableSource> {
  checkOptions('openTable', options, {
    format: oneOf(['csv', 'json lines', 'parquet']),
    separator: separatorRule,
    decimal: oneOf([',', '.']),
    header: flag,
    gaps: aList,
  });
  const gaps = new Set(options.gaps ?? GAPS);
  const format = options.format ?? (await formatOf(path));
  if (format !== 'csv') {
    const unfit = (['separator', 'decimal', 'header'] as const).find(
      (name) => options[name] !== undefined,
    );
    if (unfit !== undefined) {
      throw argumentError(
        `openTable: option ${unfit} is for CSV and ${path} is ${format}, expected none: leave ` +
          'it out',
      );
    }
  }
  if (format === 'parquet') return openParquet(path, gaps);
  return format === 'json lines' ? openJsonLines(path, gaps) : openCsv(path, gaps, options);
}

/** Parquet begins with PAR1 and JSON lines with an object; all else is CSV. */
async function formatOf(path: string): Promise<NonNullable<TableOptions['format']>> {
  const file = await openRegularFile(path);
  try {
    const bytes = Buffer.alloc(64);
    const { bytesRead } = await file.read(bytes, 0, 64, 0);
    const start = bytes.subarray(0, bytesRead).toString('latin1');
    if (start.startsWith('PAR1')) return 'parquet';
    return /^(?:\xef\xbb\xbf)?\s*[{]/.test(start) ? 'json lines' : 'csv';
  } finally {
    await file.close();
  }
}
