import { writeFileWhole } from '@deepbelief/safetensors/node';
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
export async function writeTable(
  path: string,
  format: OutputFormat,
  table: TableToWrite,
): Promise<number> {
  let count = 0;
  await writeFileWhole(path, async (file) => {
    if (format === 'parquet') {
      const rows: (readonly Cell[])[] = [];
      for await (const piece of table.pieces) rows.push(...piece);
      count = rows.length;
      await file.write(parquetBytes(table.columns, rows));
      return;
    }
    const lines =
      format === 'json lines' ? jsonLines(table.columns) : csvLines(styleOf(format, table));
    const encoder = new TextEncoder();
    const { header } = lines;
    if (header !== undefined) await file.write(encoder.encode(header(table.columns)));
    for await (const piece of table.pieces) {
      count += piece.length;
      await file.write(encoder.encode(piece.map(lines.row).join('')));
    }
  });
  return count;
}

interface Lines {
  readonly header?: (columns: readonly string[]) => string;
  readonly row: (cells: readonly Cell[]) => string;
}

function styleOf(format: OutputFormat, { style }: TableToWrite): CsvStyle {
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
