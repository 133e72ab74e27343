import { checkOptions, flag } from '@deepbelief/checks';
import { freeEnergy } from '@deepbelief/rbm';
import { expandDims, type Tensor2D } from '@tensorflow/tfjs-core';
import { logPartition } from './log-partition.ts';
import type { ModelData } from './model-data.ts';
import type { Model } from './model.ts';
import { mappedRows } from './transform.ts';

/** Options of `score`. */
export interface ScoreOptions {
  /**
   * Whether to add log Z, which makes the score −log p(row) in nats (a log density for numbers,
   * standardized): comparable between models. Default false.
   */
  readonly normalize?: boolean;
}

/**
 * How odd each row is: its free energy, F(v) = −log p(v) − log Z. The higher, the odder. Gaps are
 * filled with what the model expects there, so they make no row odd.
 *
 * Scikit-learn's `score_samples` is the negative of it.
 *
 * @throws TableError or RangeError that names the row and the column for data that do not fit
 */
export async function score(
  model: Model,
  data: ModelData,
  options: ScoreOptions = {},
): Promise<Float64Array> {
  checkOptions('score', options, { normalize: flag });
  const { data: energies } = await mappedRows(model, data, 'score', (units) =>
    expandDims<Tensor2D>(freeEnergy(model.rbm, units), 1),
  );
  const logZ = options.normalize === true ? await logPartition(model) : 0;
  return Float64Array.from(energies, (energy) => energy + logZ);
}
