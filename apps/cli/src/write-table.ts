import { writeFileWhole, type FileBeingWritten } from '@deepbelief/safetensors/node';
import type { Cell } from '@deepbelief/tables';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import type { OutputFormat } from './output-format.ts';

/** Rows to write, some at a time. */
type RowPieces =
  | AsyncIterable<readonly (readonly Cell[])[]>
  | Iterable<readonly (readonly Cell[])[]>;

/** How CSV is written. */
interface CsvStyle {
  readonly separator: string;
  readonly header: boolean;
  readonly decimalComma: boolean;
}

/** A table that goes to a file. */
export interface TableToWrite {
  readonly columns: readonly string[];
  readonly pieces: RowPieces;
  /** As the table that was read; default: commas, with a header. */
  readonly style?: CsvStyle | undefined;
}

/**
 * Writes a table, whole or not at all, some rows at a time; Parquet at once.
 *
 * @returns the number of rows
 */
export function writeTable(
  path: string,
  format: OutputFormat,
  { columns, pieces, style }: TableToWrite,
): Promise<number> {
  const copies = (async function* oneCopy() {
    for await (const piece of pieces) yield [piece];
  })();
  return writeCopies([path], format, { columns, copies, style });
}

/** Copies of a table that go to a file each. */
export interface CopiesToWrite extends Pick<TableToWrite, 'columns' | 'style'> {
  /** Some rows of each copy at a time. */
  readonly copies: AsyncIterable<readonly (readonly (readonly Cell[])[])[]>;
}

/**
 * Writes copies of a table side by side, each file whole or not at all.
 *
 * @returns the number of rows of a copy
 */
export async function writeCopies(
  paths: readonly string[],
  format: OutputFormat,
  table: CopiesToWrite,
): Promise<number> {
  let count = 0;
  const write = async (files: readonly FileBeingWritten[]): Promise<void> => {
    const writers = files.map((file) => rowWriter(file, format, table));
    for (const { start } of writers) await start?.();
    for await (const copies of table.copies) {
      count += copies[0]!.length;
      for (const [k, rows] of copies.entries()) await writers[k]!.add(rows);
    }
    for (const { end } of writers) await end?.();
  };
  const withFiles = (files: readonly FileBeingWritten[]): Promise<void> =>
    files.length === paths.length
      ? write(files)
      : writeFileWhole(paths[files.length]!, async (file) => withFiles([...files, file]));
  await withFiles([]);
  return count;
}

interface RowWriter {
  readonly start?: () => Promise<void>;
  readonly add: (rows: readonly (readonly Cell[])[]) => Promise<void> | void;
  readonly end?: () => Promise<void>;
}

/** Writes the rows of a copy to its file. */
function rowWriter(
  file: FileBeingWritten,
  format: OutputFormat,
  { columns, style }: Pick<TableToWrite, 'columns' | 'style'>,
): RowWriter {
  if (format === 'parquet') {
    const all: (readonly Cell[])[] = [];
    return {
      add: (rows) => void all.push(...rows),
      end: async () => file.write(parquetBytes(columns, all)),
    };
  }
  const lines = format === 'json lines' ? jsonLines(columns) : csvLines(styleOf(format, style));
  const encoder = new TextEncoder();
  const { header } = lines;
  return {
    ...(header && { start: async () => file.write(encoder.encode(header(columns))) }),
    add: async (rows) => file.write(encoder.encode(rows.map(lines.row).join(''))),
  };
}

interface Lines {
  readonly header?: (columns: readonly string[]) => string;
  readonly row: (cells: readonly Cell[]) => string;
}

function styleOf(format: OutputFormat, style: TableToWrite['style']): CsvStyle {
  const plain = style ?? { separator: ',', header: true, decimalComma: false };
  if (format === 'tsv') return { ...plain, separator: '\t' };
  return plain.separator === '\t' ? { ...plain, separator: plain.decimalComma ? ';' : ',' } : plain;
}

function csvLines({ separator, header, decimalComma }: CsvStyle): Lines {
  const text = (cell: Cell): string => {
    if (cell === null) return '';
    const plain = String(cell);
    const own = decimalComma && typeof cell === 'number' ? plain.replace('.', ',') : plain;
    return /["\r\n]/.test(own) || own.includes(separator) ? `"${own.replaceAll('"', '""')}"` : own;
  };
  const row = (cells: readonly Cell[]): string => `${cells.map(text).join(separator)}\n`;
  return header ? { header: row, row } : { row };
}

function jsonLines(columns: readonly string[]): Lines {
  return {
    row: (cells) =>
      `${JSON.stringify(Object.fromEntries(columns.map((name, j) => [name, cells[j] ?? null])))}\n`,
  };
}

function parquetBytes(columns: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  const columnData = columns.map((name, j) =>
    columnSource(
      name,
      rows.map((row) => row[j] ?? null),
    ),
  );
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** A column with the narrowest type that holds its cells. */
function columnSource(name: string, cells: readonly Cell[]): ColumnSource {
  const known = cells.filter((cell) => cell !== null);
  const are = (type: string): boolean => known.every((cell) => typeof cell === type);
  const base = { name, nullable: true };
  if (are('boolean')) return { ...base, data: [...cells], type: 'BOOLEAN' };
  if (!are('number')) {
    return {
      ...base,
      data: cells.map((cell) => (cell === null ? null : String(cell))),
      type: 'STRING',
    };
  }
  const whole = known.every((cell) => Number.isSafeInteger(cell));
  if (!whole) return { ...base, data: [...cells], type: 'DOUBLE' };
  return {
    ...base,
    data: cells.map((cell) => (cell === null ? null : BigInt(Number(cell)))),
    type: 'INT64',
  };
}
