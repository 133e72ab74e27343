import type { FileHandle } from 'node:fs/promises';
import { openRegularFile } from '@deepbelief/data/node';
import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { typedCell, type Cell } from './cell.ts';
import { checkColumns } from './column-names.ts';
import { reasonOf, TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** Rows read at a time. */
const ROWS = 2 ** 14;

/**
 * Opens a Parquet file of columns that hold numbers, texts, booleans or dates, which become
 * milliseconds since 1970.
 *
 * @throws TableError if it is not a Parquet file or has no rows. `rows` also throws one for nested
 *   values and for damaged pages
 */
export async function openParquet(path: string, gaps: ReadonlySet<string>): Promise<TableSource> {
  const metadata = await withFile(path, (file) => parquetMetadataAsync(file));
  const size = Number(metadata.num_rows);
  if (size === 0) {
    throw new TableError(
      path,
      {},
      'the table has no rows',
      'rows',
      'check that it is the right file',
    );
  }
  const columns = checkColumns(path, topColumns(metadata));
  return {
    path,
    format: 'parquet',
    columns,
    rules: { gaps, decimalComma: false },
    notices: [],
    rows: () => rows(path, metadata, columns),
  };
}

async function* rows(
  path: string,
  metadata: FileMetaData,
  columns: readonly string[],
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    for (let rowStart = groupStart; rowStart < groupEnd; rowStart += ROWS) {
      const rowEnd = Math.min(rowStart + ROWS, groupEnd);
      let read: unknown[][] = [];
      await withFile(path, (file) =>
        parquetRead({
          file,
          metadata,
          compressors,
          rowStart,
          rowEnd,
          useOffsetIndex: true,
          onComplete: (found) => (read = found as unknown[][]),
        }),
      );
      if (read.length !== rowEnd - rowStart) {
        const found = `rows ${rowStart + 1} to ${rowEnd} hold ${read.length} rows`;
        throw new TableError(path, {}, found, `${rowEnd - rowStart}`, 'write the file again');
      }
      yield read.map((row, i) =>
        columns.map((column, j) => cellOf(path, row[j], rowStart + i + 1, column)),
      );
    }
    groupStart = groupEnd;
  }
}

/** Names of the columns, each of which may hold nested ones. */
function topColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    for (let children = schema[at++]?.num_children ?? 0; children > 0; children--) skip();
  };
  for (let children = schema[0]?.num_children ?? 0; children > 0; children--) {
    names.push(schema[at]?.name ?? '');
    skip();
  }
  return names;
}

function cellOf(path: string, value: unknown, row: number, column: string): Cell {
  const cell = typedCell(value);
  if (cell !== undefined) return cell;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  throw new TableError(
    path,
    { row, column },
    'the value is a list, a map or bytes',
    'a number, a text, a boolean or a date',
    'give each of its values a column of its own, or leave it out',
  );
}

async function withFile<T>(path: string, use: (file: AsyncBuffer) => Promise<T>): Promise<T> {
  const handle: FileHandle = await openRegularFile(path);
  try {
    const { size } = await handle.stat();
    return await use({
      byteLength: size,
      async slice(start, end = size) {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
        for (let done = 0; done < bytes.length;) {
          const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
          if (bytesRead === 0) throw new Error('the file is shorter than before');
          done += bytesRead;
        }
        return bytes.buffer;
      },
    });
  } catch (cause) {
    if (cause instanceof TableError) throw cause;
    throw new TableError(
      path,
      {},
      `it cannot be read (${reasonOf(cause)})`,
      'a complete Parquet file',
      'write it again',
      { cause },
    );
  } finally {
    await handle.close();
  }
}
