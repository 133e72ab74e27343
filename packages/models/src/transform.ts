import { checkOptions, wholeNumber } from '@deepbelief/checks';
import { rowWidth } from '@deepbelief/tables';
import { tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { encodedRows } from './encoded-rows.ts';
import { knownData, type ModelData } from './model-data.ts';
import type { FloatRows, Model } from './model.ts';
import { filledValues } from './without-gaps.ts';

/** Options of `transform`. */
export interface TransformOptions {
  /** The layer, counted from 1. Default: the top one. */
  readonly layer?: number;
}

/**
 * Features of each row: the hidden units' activations, [rows, hidden units]. Gaps are filled with
 * what the model expects there.
 *
 * @throws TableError or RangeError that names the row and the column for data that do not fit
 */
export async function transform(
  model: Model,
  data: ModelData,
  options: TransformOptions = {},
): Promise<FloatRows> {
  const { layers } = model.dbn;
  checkOptions('transform', options, { layer: wholeNumber(1, Math.max(1, layers.length), true) });
  const { layer = layers.length } = options;
  return mappedRows(model, data, 'transform', (units) => model.dbn.features(units, layer));
}

/** Applies a function of filled rows, [rows, units] → [rows, values], to data of any size. */
export async function mappedRows(
  model: Model,
  data: ModelData,
  where: string,
  fn: (units: Tensor2D) => Tensor2D,
): Promise<FloatRows> {
  const { inputs, rbm } = model;
  const width = rowWidth(inputs.schema);
  const pieces: Float32Array[] = [];
  let rows = 0;
  let columns = 0;
  for await (const { values, count } of encodedRows(inputs, await knownData(data, where))) {
    const units = await filledValues(rbm, values, 0);
    const mapped = tidy(() => fn(tensor2d(units, [count, width])));
    pieces.push(await mapped.data<'float32'>());
    rows += count;
    columns = mapped.shape[1];
    mapped.dispose();
  }
  const result = new Float32Array(rows * columns);
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return { dtype: 'float32', shape: [rows, columns], data: result };
}
