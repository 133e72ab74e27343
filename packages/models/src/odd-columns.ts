import { checkNumber, checkOptions, wholeNumber } from '@deepbelief/checks';
import { freeEnergy, type Rbm } from '@deepbelief/rbm';
import {
  columnWidth,
  inputColumns,
  rowWidth,
  type Cell,
  type TableColumn,
} from '@deepbelief/tables';
import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import { decodeCells } from './decode-cells.ts';
import { columnStarts, encodedRows } from './encoded-rows.ts';
import { knownData, type ModelData } from './model-data.ts';
import type { Model } from './model.ts';
import { filledValues } from './without-gaps.ts';

/** A cell that does not go with the rest of its row. */
export interface OddColumn {
  readonly column: string;
  readonly value: Cell;
  /** −log p(cell | the rest of the row), in nats; of numbers, a density of standardized ones. */
  readonly surprise: number;
  /** What the model expects there given the rest of the row. */
  readonly expected: Cell;
}

/** A row and the columns that make it odd. */
export interface OddRow {
  /** The row's number, from 0. */
  readonly row: number;
  readonly columns: readonly OddColumn[];
}

/** Options of `oddColumns`. */
export interface OddColumnsOptions {
  /** The most columns of a row, the oddest first. Default 3. */
  readonly most?: number;
}

/** How far from the mean a number's conditional density is integrated, in standard deviations. */
const REACH = 12;
/** Places at which it is. */
const PLACES = 241;

/**
 * Says of some rows which columns make them odd: those whose cells are the most surprising given
 * the rest of the row. p(cell | rest) comes from free energies: exactly for categories, by
 * quadrature for numbers.
 *
 * @param rows the rows' numbers, from 0
 * @throws RangeError for a row that is not there; else like `score`
 */
export async function oddColumns(
  model: Model,
  data: ModelData,
  rows: readonly number[],
  options: OddColumnsOptions = {},
): Promise<OddRow[]> {
  checkOptions('oddColumns', options, { most: wholeNumber(1, 1e6, true) });
  const { most = 3 } = options;
  if (rows.length === 0) return [];
  const wanted = new Set(rows);
  const found = new Map<number, OddRow>();
  const width = rowWidth(model.inputs.schema);
  let count = 0;
  for await (const piece of encodedRows(model.inputs, await knownData(data, 'oddColumns'))) {
    count += piece.count;
    const own = [...wanted].filter((row) => row >= piece.start && row < count);
    if (own.length === 0) continue;
    const filled = await filledValues(model.rbm, piece.values, 0);
    for (const row of own) {
      const at = (row - piece.start) * width;
      const known = piece.values.subarray(at, at + width);
      const columns = await surprises(model, filled.slice(at, at + width), known);
      found.set(row, { row, columns: columns.slice(0, most) });
    }
  }
  return rows.map((row) => {
    checkNumber('oddColumns', 'row', row, { low: 0, high: count - 1, whole: true });
    return found.get(row)!;
  });
}

/** The surprise of each known cell of a row, the largest first. */
async function surprises(
  model: Model,
  row: Float32Array,
  known: Float32Array,
): Promise<OddColumn[]> {
  const { inputs, rbm } = model;
  const columns = inputColumns(inputs.schema);
  const starts = columnStarts(inputs);
  const [cells = []] = decodeCells(inputs, columns, row);
  const found: OddColumn[] = [];
  for (const [j, column] of columns.entries()) {
    const start = starts[j]!;
    if (Number.isNaN(known[start])) continue;
    const { surprise, expected } = await surpriseOf(rbm, row, column, start);
    const likely = row.slice();
    likely.set(expected, start);
    const [likelyCells = []] = decodeCells(inputs, columns, likely);
    found.push({
      column: column.name,
      value: cells[j]!,
      surprise,
      expected: likelyCells[j]!,
    });
  }
  return found.toSorted((a, b) => b.surprise - a.surprise);
}

/** −log p(cell | rest), and the mean or the most probable state. */
async function surpriseOf(
  rbm: Rbm,
  row: Float32Array,
  column: TableColumn,
  start: number,
): Promise<{ readonly surprise: number; readonly expected: Float32Array }> {
  const { states, spacing } = statesOf(column, row[start]!);
  const energies = await energiesOf(rbm, row, start, states);
  const lowest = Math.min(...energies);
  const weights = energies.map((energy) => Math.exp(lowest - energy));
  // The last state is the cell's own; on a grid it is none of the places that are summed.
  const all = spacing === undefined ? weights : weights.subarray(0, -1);
  const total = all.reduce((sum, weight) => sum + weight, 0) * (spacing ?? 1);
  const own =
    spacing === undefined ? states.findIndex((state) => sameState(state, row, start)) : all.length;
  const surprise = energies[own]! - lowest + Math.log(total);
  if (spacing === undefined) {
    return { surprise, expected: states[weights.indexOf(Math.max(...weights))]! };
  }
  const mean = all.reduce((sum, weight, i) => sum + weight * states[i]![0]!, 0) * spacing;
  return { surprise, expected: Float32Array.of(mean / total) };
}

function sameState(state: Float32Array, row: Float32Array, start: number): boolean {
  return state.every((value, k) => Math.abs(value - row[start + k]!) < 0.5);
}

/** The states that a column's units can have, or for numbers places, the cell's own last. */
function statesOf(
  column: TableColumn,
  own: number,
): { readonly states: readonly Float32Array[]; readonly spacing?: number } {
  const each = (count: number, state: (k: number) => Float32Array): Float32Array[] =>
    Array.from({ length: count }, (_, k) => state(k));
  const count = 'categories' in column ? column.categories.length : undefined;
  if (count !== undefined && columnWidth(column) > 1) {
    return {
      states: each(count, (k) => {
        const state = new Float32Array(count);
        state[k] = 1;
        return state;
      }),
    };
  }
  if (count !== undefined) return { states: each(count, (k) => Float32Array.of(k)) };
  if (column.kind === 'count') {
    return { states: each(column.most + 1, (k) => Float32Array.of(k)) };
  }
  const low = Math.min(-REACH, own - 1);
  const high = Math.max(REACH, own + 1);
  const spacing = (high - low) / (PLACES - 1);
  const grid = each(PLACES, (k) => Float32Array.of(low + k * spacing));
  return { states: [...grid, Float32Array.of(own)], spacing };
}

async function energiesOf(
  rbm: Rbm,
  row: Float32Array,
  start: number,
  states: readonly Float32Array[],
): Promise<Float64Array> {
  const values = new Float32Array(states.length * row.length);
  states.forEach((state, k) => {
    values.set(row, k * row.length);
    values.set(state, k * row.length + start);
  });
  const energies = tidy(() => freeEnergy(rbm, tensor2d(values, [states.length, row.length])));
  try {
    return Float64Array.from(await energies.data());
  } finally {
    energies.dispose();
  }
}
