import {
  argumentError,
  checkNumber,
  checkOptionNames,
  oneOf,
  checkValue,
  shown,
} from '@deepbelief/checks';
import { foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import { checkInput, unitsRule } from '@deepbelief/training';
import {
  add,
  cast,
  dispose,
  div,
  tensor2d,
  tidy,
  where as choose,
  zerosLike,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { layerStates } from './conditionals.ts';
import { checkableStates, observedStates, withoutGaps } from './missing-values.ts';
import { checkRbm } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** How gaps are filled. */
export interface ImputeOptions {
  /**
   * `mean`: what the model expects given the observed values, the average over the chain's sweeps.
   * `sample`: states drawn given the observed values, which keep the spread of the data. Default
   * `mean`.
   */
  readonly method?: 'mean' | 'sample';
  /** For samples: how many filled copies of the data to make. Default 1. */
  readonly imputations?: number;
  /** Sweeps of Gibbs sampling that the means are of, or between two imputations. Default 50. */
  readonly sweeps?: number;
  /** Sweeps before the first that counts. Default 20. */
  readonly burnIn?: number;
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
}

/** Rows at a time, whatever the number of rows, so that the same seed gives the same numbers. */
const ROWS = 1024;

/**
 * Fills the gaps of a table with what the model makes of its observed values. Observed values come
 * back as they are. For softmax groups a mean holds the categories' probabilities; a group with a
 * gap is filled as a whole.
 *
 * @param data rows of visible units, one after another; NaN at gaps
 * @returns for `mean` the filled table; for `sample` one table for each imputation
 * @throws RangeError for options out of range, when the data are not whole rows, or an observed
 *   value is outside the range of its units
 */
export function impute(
  rbm: Rbm,
  data: Float32Array,
  options: ImputeOptions & { readonly method: 'sample' },
): Promise<Float32Array[]>;
export function impute(
  rbm: Rbm,
  data: Float32Array,
  options?: ImputeOptions & { readonly method?: 'mean' },
): Promise<Float32Array>;
export async function impute(
  rbm: Rbm,
  data: Float32Array,
  options: ImputeOptions = {},
): Promise<Float32Array | Float32Array[]> {
  const { method, imputations, sweeps, burnIn, seed } = resolved(options);
  checkRbm('impute', rbm);
  const { size } = rbm.visible;
  if (!(data instanceof Float32Array) || data.length === 0 || data.length % size !== 0) {
    const found = data instanceof Float32Array ? `${data.length} values` : shown(data);
    throw argumentError(
      `impute: the data are ${found}, expected a Float32Array of rows of ${size} values`,
    );
  }
  const tables = Array.from({ length: imputations }, () => new Float32Array(data.length));
  for (let start = 0; start < data.length; start += ROWS * size) {
    const rows = data.subarray(start, start + ROWS * size);
    const { states, mask } = await knownRows(rbm, rows);
    let chain = { states: states.clone(), key: foldKey(randomKey(seed), start / size), done: 0 };
    try {
      const first = advance(rbm, chain, states, mask, burnIn);
      first.mean.dispose();
      chain = first.chain;
      for (const table of tables) {
        const next = advance(rbm, chain, states, mask, sweeps);
        chain = next.chain;
        const found = method === 'mean' ? next.mean : chain.states;
        table.set((await found.data()) as Float32Array, start);
        next.mean.dispose();
      }
    } finally {
      dispose([states, mask, chain.states]);
    }
  }
  return method === 'mean' ? tables[0]! : tables;
}

function resolved(options: ImputeOptions): Required<ImputeOptions> {
  checkOptionNames('impute', options, ['method', 'imputations', 'sweeps', 'burnIn', 'seed']);
  const { method = 'mean', imputations = 1, sweeps = 50, burnIn = 20, seed = 0 } = options;
  checkValue('impute', 'method', method, oneOf(['mean', 'sample']));
  checkNumber('impute', 'imputations', imputations, { low: 1, whole: true });
  checkNumber('impute', 'sweeps', sweeps, { low: 1, whole: true });
  checkNumber('impute', 'burnIn', burnIn, { low: 0, whole: true });
  checkNumber('impute', 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  if (method === 'mean' && imputations !== 1) {
    throw argumentError(
      `impute: imputations is ${imputations} for means, which are always the same, expected 1; take method sample`,
    );
  }
  return { method, imputations, sweeps, burnIn, seed };
}

/** The rows' states with 0 at gaps, checked, and the mask of what is known. */
async function knownRows(
  rbm: Rbm,
  rows: Float32Array,
): Promise<{ states: Tensor2D; mask: Tensor2D }> {
  const { size, units } = rbm.visible;
  const shape: [number, number] = [rows.length / size, size];
  const [states, mask] = tidy(() => {
    const known = observedStates(
      'impute',
      rbm,
      tensor2d(
        Float32Array.from(rows, (value) => (Number.isNaN(value) ? 0 : 1)),
        shape,
      ),
    );
    return [withoutGaps(tensor2d(rows.slice(), shape), known), known];
  });
  try {
    const checked = checkableStates(rbm, states, mask);
    await checkInput(unitsRule('impute', units), checked).finally(() => checked.dispose());
    return { states, mask };
  } catch (error) {
    dispose([states, mask]);
    throw error;
  }
}

/** A chain in the gaps, and how many sweeps it has done. */
interface GapChain {
  readonly states: Tensor2D;
  readonly key: RandomKey;
  readonly done: number;
}

/** Goes on for some sweeps; the mean is that of the states expected at each of them. */
function advance(
  rbm: Rbm,
  { states, key, done }: GapChain,
  given: Tensor2D,
  mask: Tensor2D,
  sweeps: number,
): { chain: GapChain; mean: Tensor2D } {
  const isKnown = tidy(() => cast(mask, 'bool'));
  let total: Tensor2D = zerosLike(given);
  let current = states;
  for (let i = 0; i < sweeps; i++) {
    const old = [total, current];
    [total, current] = tidy(() => {
      const own = foldKey(key, done + i);
      const hidden = layerStates(rbm, 'hidden', current, { sample: foldKey(own, 'hidden') }).sample;
      const wanted = { mean: true, sample: foldKey(own, 'visible') } as const;
      const next = layerStates(rbm, 'visible', hidden, wanted);
      return [add(total, next.mean), choose(isKnown, given, next.sample)];
    });
    dispose(old);
  }
  const mean = tidy(() => choose(isKnown, given, div<Tensor2D>(total, Math.max(sweeps, 1))));
  dispose([total, isKnown]);
  return { chain: { states: current, key, done: done + sweeps }, mean };
}
