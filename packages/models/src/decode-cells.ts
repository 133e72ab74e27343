import { decodeRows, type Cell, type TableColumn } from '@deepbelief/tables';
import type { CellForm, ModelInputs } from './model-inputs.ts';

/** Digits that a filled number has beyond those of its column's deviation. */
const DIGITS = 4;

/** Makes cells of a row's visible units: one for each input, written as the column's are. */
export function decodeCells(
  inputs: ModelInputs,
  columns: readonly TableColumn[],
  values: Float32Array,
): Cell[][] {
  return decodeRows(inputs.schema, values).map((row) =>
    row.map((cell, i) => cellOf(columns[i]!, inputs.cells[columns[i]!.name], cell)),
  );
}

/** A cell as its column has them: whole numbers, numbers of few digits, truth values. */
function cellOf(column: TableColumn, form: CellForm | undefined, cell: Cell): Cell {
  if (cell === null || form === undefined) return cell;
  if (column.kind === 'number') {
    return form.whole ? Math.round(Number(cell)) : rounded(Number(cell), column.deviation);
  }
  if (form.type === 'number') return Number(cell);
  return form.type === 'boolean' ? cell === 'true' : cell;
}

function rounded(value: number, deviation: number): number {
  const decimals = DIGITS - 1 - Math.floor(Math.log10(deviation));
  return decimals > 100 ? value : Number(value.toFixed(Math.max(0, decimals)));
}

/** The constant of a column that is left out because it has no other value. */
export function constantOf(inputs: ModelInputs, column: string): Cell {
  return inputs.cells[column]?.constant ?? null;
}
