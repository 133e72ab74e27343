import { checkNumber, checkOptions, wholeNumber } from '@deepbelief/checks';
import { generate } from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import { gibbs, visibleMean } from '@deepbelief/rbm';
import { inputColumns } from '@deepbelief/tables';
import { tidy, zeros, type Tensor2D } from '@tensorflow/tfjs-core';
import { constantOf, decodeCells } from './decode-cells.ts';
import { ROWS } from './encoded-rows.ts';
import type { TableRows } from './model-data.ts';
import type { Model } from './model.ts';

/** Options of `sample`. */
export interface SampleOptions {
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
  /** Gibbs steps of each row's chain. Default 1000. */
  readonly steps?: number;
}

/**
 * Draws new rows from the model: chains of Gibbs sampling that start at the means of the data.
 *
 * @returns a table of the same columns, but for the label's; columns that were left out are empty,
 *   or have their constant
 * @throws RangeError unless `rows` is a whole number of 1 or more
 */
export async function sample(
  model: Model,
  rows: number,
  options: SampleOptions = {},
): Promise<TableRows> {
  checkNumber('sample', 'rows', rows, { low: 1, whole: true });
  checkOptions('sample', options, {
    seed: wholeNumber(0, 2 ** 52, true),
    steps: wholeNumber(1, 30_000, true),
  });
  const { seed = 0, steps = 1000 } = options;
  const { inputs, dbn, rbm } = model;
  const columns = inputColumns(inputs.schema);
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const names = inputs.schema.columns
    .map(({ name }) => name)
    .filter((name) => name !== inputs.schema.label);
  const table: TableRows['rows'][number][] = [];
  for (let start = 0; start < rows; start += ROWS) {
    const count = Math.min(ROWS, rows - start);
    const key = foldKey(foldKey(randomKey(seed), 'sample'), start);
    const drawn = tidy((): Tensor2D => {
      const first = visibleMean(rbm, zeros([count, rbm.hidden.size]));
      return dbn.layers.length === 1
        ? gibbs(rbm, first, key, steps).visible
        : generate(dbn, first, key, steps);
    });
    const values = (await drawn.data()) as Float32Array;
    drawn.dispose();
    for (const cells of decodeCells(inputs, columns, values)) {
      table.push(
        names.map((name) => {
          const place = places.get(name);
          return place === undefined ? constantOf(inputs, name) : (cells[place] ?? null);
        }),
      );
    }
  }
  return { columns: names, rows: table };
}
