import type { NumericArrayOf } from '@deepbelief/arrays';
import { checkOptions, oneOf, wholeNumber } from '@deepbelief/checks';
import { impute as fillGaps } from '@deepbelief/rbm';
import {
  cellReader,
  inputColumns,
  rowWidth,
  type Cell,
  type TableSource,
} from '@deepbelief/tables';
import { constantOf, decodeCells } from './decode-cells.ts';
import { encodedRows, type EncodedRows } from './encoded-rows.ts';
import { columnPlaces } from './number-encoder.ts';
import { knownData, type ModelData, type NumberTable, type TableRows } from './model-data.ts';
import type { Model } from './model.ts';

/** Options of `impute`. */
export interface ImputeOptions {
  /**
   * `mean`: what the model expects given the row's other cells; for categories, the most probable
   * one. `sample`: drawn given the other cells, which keeps the spread of the data. Default `mean`.
   */
  readonly method?: 'mean' | 'sample';
  /** Of samples: how many filled copies to make. Default 1. */
  readonly imputations?: number;
  /** Sweeps of Gibbs sampling that a mean is of, or between two samples. Default 200. */
  readonly sweeps?: number;
  /** Sweeps before the first that counts. Default 50. */
  readonly burnIn?: number;
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
}

/** Filled data: a table for a table, and for arrays float64 numbers of shape [rows, columns]. */
export type Filled<D> = D extends TableSource | TableRows ? TableRows : NumericArrayOf<'float64'>;

const rules = {
  method: oneOf(['mean', 'sample']),
  imputations: wholeNumber(1, 1000, true),
  sweeps: wholeNumber(1, 1e6, true),
  burnIn: wholeNumber(0, 1e6, true),
  seed: wholeNumber(0, 2 ** 52, true),
};

/**
 * Fills the gaps of a table or of arrays with what the model makes of each row's other cells.
 * Cells that have a value stay as they are. A column that was constant in training gets its
 * constant; other columns that the model left out stay as they are, and so does the label.
 *
 * @returns for `mean` the filled data; for `sample` one for each imputation
 * @throws TableError or RangeError that names the row and the column for data that do not fit
 */
export function impute<D extends ModelData>(
  model: Model,
  data: D,
  options: ImputeOptions & { readonly method: 'sample' },
): Promise<Filled<D>[]>;
export function impute<D extends ModelData>(
  model: Model,
  data: D,
  options?: ImputeOptions & { readonly method?: 'mean' },
): Promise<Filled<D>>;
export async function impute(
  model: Model,
  data: ModelData,
  options: ImputeOptions = {},
): Promise<unknown> {
  checkOptions('impute', options, rules);
  const known = await knownData(data, 'impute');
  const filled =
    known.form === 'table'
      ? await filledTables(model, known.source, options)
      : await filledNumbers(model, known.numbers, options);
  return options.method === 'sample' ? filled : filled[0];
}

/**
 * Fills a table of any size, some rows at a time: yields for each imputation the rows, filled.
 *
 * @throws like `impute`
 */
export async function* imputedRows(
  model: Model,
  source: TableSource,
  options: ImputeOptions = {},
): AsyncGenerator<Cell[][][], void, undefined> {
  checkOptions('impute', options, rules);
  const { schema } = model.inputs;
  const columns = inputColumns(schema);
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const reader = cellReader(source.rules);
  for await (const rows of encodedRows(model.inputs, { form: 'table', source })) {
    const tables = await filledUnits(model, rows, options);
    yield tables.map((values) => {
      const cells = values && decodeCells(model.inputs, columns, values);
      return rows.cells!.map((row, i) =>
        row.map((cell, j) => {
          if (reader.text(cell) !== undefined) return cell;
          const name = source.columns[j]!;
          const place = places.get(name);
          if (place !== undefined) return cells?.[i]?.[place] ?? cell;
          return constantOf(model.inputs, name) ?? cell;
        }),
      );
    });
  }
}

/** The units of some rows, filled, for each imputation; undefined where there are no gaps. */
async function filledUnits(
  { rbm }: Model,
  { values, start }: EncodedRows,
  options: ImputeOptions,
): Promise<(Float32Array | undefined)[]> {
  const { method = 'mean', imputations = 1, sweeps = 200, burnIn = 50, seed = 0 } = options;
  if (!values.some(Number.isNaN)) return Array.from({ length: imputations }, () => undefined);
  const common = { sweeps, burnIn, seed: seed + start };
  return method === 'mean'
    ? [await fillGaps(rbm, values, { ...common, imputations })]
    : fillGaps(rbm, values, { ...common, method, imputations });
}

async function filledTables(
  model: Model,
  source: TableSource,
  options: ImputeOptions,
): Promise<TableRows[]> {
  const tables = Array.from({ length: options.imputations ?? 1 }, (): Cell[][] => []);
  for await (const pieces of imputedRows(model, source, options))
    pieces.forEach((rows, i) => tables[i]!.push(...rows));
  return tables.map((rows) => ({ columns: source.columns, rows }));
}

async function filledNumbers(
  model: Model,
  numbers: NumberTable,
  options: ImputeOptions,
): Promise<NumericArrayOf<'float64'>[]> {
  const { inputs } = model;
  const columns = inputColumns(inputs.schema);
  const places = columnPlaces(inputs, numbers);
  const { rows: count, width } = numbers;
  const tables = Array.from({ length: options.imputations ?? 1 }, () =>
    Float64Array.from(numbers.data),
  );
  const unitWidth = rowWidth(inputs.schema);
  for await (const rows of encodedRows(inputs, { form: 'numbers', numbers })) {
    for (const [t, values] of (await filledUnits(model, rows, options)).entries()) {
      const table = tables[t]!;
      for (let i = 0; i < rows.count; i++) {
        const own = table.subarray((rows.start + i) * width, (rows.start + i + 1) * width);
        if (!own.some(Number.isNaN)) continue;
        const units = values?.subarray(i * unitWidth, (i + 1) * unitWidth);
        const cells = units && decodeCells(inputs, columns, units)[0];
        columns.forEach(({ name }, j) => {
          const place = places.get(name)!;
          if (Number.isNaN(own[place])) own[place] = Number(cells?.[j] ?? NaN);
        });
        for (const [name, place] of places) {
          const constant = constantOf(inputs, name);
          if (Number.isNaN(own[place]) && constant !== null) own[place] = Number(constant);
        }
      }
    }
  }
  return tables.map((data) => ({ dtype: 'float64', shape: [count, width], data }));
}
