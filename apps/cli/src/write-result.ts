import { encodeNpy, encodeNpz, type NumericArray } from '@deepbelief/arrays';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import type { Cell } from '@deepbelief/tables';
import { outputFormat } from './output-format.ts';
import { writeTable } from './write-table.ts';

/** Figures for each row: one array for NPY, all by name for NPZ, columns for tables. */
export interface Result {
  readonly columns: readonly string[];
  /** Cells of a row by its number. */
  readonly row: (index: number) => Cell[];
  readonly rows: number;
  /** The first is the one of an NPY file. */
  readonly arrays: Readonly<Record<string, NumericArray>>;
}

/** Rows that are written at a time. */
const ROWS = 4096;

/** Writes figures for each row in the format that the path's ending says. */
export async function writeResult(path: string, result: Result): Promise<void> {
  const format = outputFormat(path, true);
  const { columns, row, rows, arrays } = result;
  if (format === 'npy') await writeFileWhole(path, encodeNpy(Object.values(arrays)[0]!));
  else if (format === 'npz') await writeFileWhole(path, await encodeNpz(arrays));
  else {
    await writeTable(path, format, {
      columns,
      pieces: (function* rowsOf() {
        for (let start = 0; start < rows; start += ROWS) {
          const count = Math.min(ROWS, rows - start);
          yield Array.from({ length: count }, (_, i) => row(start + i));
        }
      })(),
    });
  }
}
