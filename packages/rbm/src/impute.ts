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
import {
  checkableStates,
  observedStates,
  sweepGaps,
  withoutGaps,
  type KnownStates,
} from './missing-values.ts';
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
  /** Sweeps of Gibbs sampling to average over, or between two imputations. Default 50. */
  readonly sweeps?: number;
  /** Sweeps before the first one that counts. Default 20. */
  readonly burnIn?: number;
  /** Seed for all draws. Default 0. */
  readonly seed?: number;
}

/** Rows at a time, for any number of rows, so that the same seed gives the same numbers. */
const ROWS = 1024;

/**
 * Fills the gaps of a table with what the model infers from the observed values, which stay
 * unchanged. For softmax groups, a mean holds the categories' probabilities; a group with a gap is
 * filled as a whole.
 *
 * @param data rows of visible units, one after another; NaN at gaps
 * @returns for `mean`, the filled table; for `sample`, one table per imputation
 * @throws RangeError if an option is out of range, the data are not whole rows, or an observed
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
    const known = await knownRows(rbm, rows);
    const { given, isKnown } = known;
    const key = foldKey(randomKey(seed), start / size);
    let chain: GapChain = { states: given.clone(), key, done: 0 };
    let total = zerosLike(given);
    const addMean = (mean: Tensor2D): void => {
      const before = total;
      total = add(before, mean);
      before.dispose();
    };
    try {
      chain = advance(rbm, chain, known, burnIn);
      for (const table of tables) {
        chain = advance(rbm, chain, known, sweeps, method === 'mean' ? addMean : undefined);
        const found = tidy(() =>
          method === 'mean' ? choose(isKnown, given, div(total, sweeps)) : chain.states.clone(),
        );
        table.set((await found.data()) as Float32Array, start);
        found.dispose();
      }
    } finally {
      dispose([given, isKnown, total, chain.states]);
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
      `impute: imputations is ${imputations} for means, which are always the same, expected ` +
        '1; take method sample',
    );
  }
  return { method, imputations, sweeps, burnIn, seed };
}

/** Returns the rows' states with 0 at gaps, checked, and which of them are known. */
async function knownRows(rbm: Rbm, rows: Float32Array): Promise<KnownStates> {
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
    return { given: states, isKnown: tidy(() => cast(mask, 'bool')) };
  } catch (error) {
    states.dispose();
    throw error;
  } finally {
    mask.dispose();
  }
}

/** A chain in the gaps, and the number of sweeps it has done. */
interface GapChain {
  readonly states: Tensor2D;
  readonly key: RandomKey;
  readonly done: number;
}

/** Runs some sweeps and disposes of the states before. */
function advance(
  rbm: Rbm,
  { states, key, done }: GapChain,
  known: KnownStates,
  sweeps: number,
  onMean?: (mean: Tensor2D) => void,
): GapChain {
  let current = states;
  for (let i = 0; i < sweeps; i++) {
    const own = foldKey(key, done + i);
    const next = sweepGaps(rbm, current, known, own, onMean !== undefined);
    current.dispose();
    current = next.states;
    if (next.mean === undefined) continue;
    onMean?.(next.mean);
    next.mean.dispose();
  }
  return { states: current, key, done: done + sweeps };
}
