import {
  argumentError,
  checkNumber,
  checkOptionNames,
  checkValue,
  floatStates,
  oneOf,
} from '@deepbelief/checks';
import { foldKey, type RandomKey } from '@deepbelief/random';
import { layerParts, type Units } from '@deepbelief/units';
import {
  add,
  cast,
  concat,
  gather,
  min,
  mul,
  reshape,
  slice,
  tensor1d,
  tidy,
  tile,
  where as choose,
  zerosLike,
  type Rank,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { layerStates } from './conditionals.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** How training treats missing values. Plain data. */
export type MissingOptions =
  /**
   * Each example has its own RBM of the observed units. The others are absent, both in the data and
   * in the model's states (Salakhutdinov, Mnih & Hinton 2007). These RBMs share the weights that
   * are learned.
   */
  | { readonly type: 'absent' }
  /**
   * The model fills the gaps again in each step, with `sweeps` sweeps of Gibbs sampling given the
   * observed values. With enough sweeps, this follows the likelihood of the observed values.
   * Default 5.
   */
  | { readonly type: 'filled'; readonly sweeps?: number };

/** The same with the defaults filled in. */
export type ResolvedMissing =
  | { readonly type: 'absent' }
  | { readonly type: 'filled'; readonly sweeps: number };

/** Fills in the defaults. Throws a RangeError if an option is unknown or out of range. */
export function resolveMissing(where: string, given: MissingOptions): ResolvedMissing {
  const what = `${where}, missing`;
  checkOptionNames(what, given, ['type', ...(given.type === 'filled' ? ['sweeps'] : [])]);
  checkValue(where, 'missing.type', given.type, {
    ...oneOf(['absent', 'filled']),
    optional: false,
  });
  if (given.type === 'absent') return { type: 'absent' };
  const { sweeps = 5 } = given;
  checkNumber(where, 'missing.sweeps', sweeps, { low: 1, high: 30_000, whole: true });
  return { type: 'filled', sweeps };
}

/**
 * Returns visible states with 0 at gaps, even if there was NaN. Units of any type that are 0
 * contribute nothing to the hidden units' inputs and have no energy of their own, as if they were
 * absent.
 *
 * @param observed 1 for a value that is known, 0 for a gap, shape [batch, visible]
 */
export function withoutGaps(visible: Tensor2D, observed: Tensor2D): Tensor2D {
  return tidy(() => choose(cast(observed, 'bool'), visible, zerosLike(visible)));
}

/**
 * Returns visible states that satisfy the rules for data at gaps: groups of units with a fixed sum
 * have that sum, and others are 0.
 */
export function checkableStates(rbm: Rbm, states: Tensor2D, mask: Tensor2D): Tensor2D {
  const { units, size } = rbm.visible;
  const parts = layerParts(units, size);
  if (parts.every((part) => part.units.groupSum === undefined)) return states.clone();
  const atGaps = parts.flatMap((part) =>
    Array.from({ length: part.size }, () => (part.units.groupSum ?? 0) / part.units.groupSize),
  );
  return tidy(() => choose(cast(mask, 'bool'), states, add(zerosLike(states), tensor1d(atGaps))));
}

/**
 * Returns the mask as training needs it: float32 of the layer's size. A softmax group with a gap is
 * missing as a whole, because its units are one category.
 */
export function observedStates(where: string, rbm: Rbm, observed: Tensor2D): Tensor2D {
  const { units, size } = rbm.visible;
  const mask = floatStates(where, 'observed', observed, size);
  return tidy(() => wholeGroups(mask, units, size));
}

/** Throws a RangeError unless a mask has one row per row of the states. */
export function checkRows(where: string, states: Tensor2D, mask: Tensor2D): void {
  if (states.shape[0] === mask.shape[0]) return;
  throw argumentError(
    `${where}: observed has ${mask.shape[0]} rows, expected ${states.shape[0]}, one per example`,
  );
}

function wholeGroups(mask: Tensor2D, units: Units, size: number): Tensor2D {
  const parts = layerParts(units, size);
  if (parts.every((part) => part.units.groupSize === 1)) return mask.clone();
  return concat(
    parts.map((part) => {
      const own: Tensor2D = slice(mask, [0, part.start], [-1, part.size]);
      const { groupSize } = part.units;
      if (groupSize === 1) return own;
      const groups = min(reshape(own, [-1, groupSize]), 1, true);
      return reshape<Rank.R2>(tile(groups, [1, groupSize]), own.shape);
    }),
    1,
  );
}

/** Returns the masks of chains that take the minibatch's examples in turn. */
export function chainMask(observed: Tensor2D, chains: number): Tensor2D {
  const [examples] = observed.shape;
  if (examples === chains) return observed.clone();
  const turn = Int32Array.from({ length: chains }, (_, i) => i % examples);
  return tidy(() => gather(observed, tensor1d(turn, 'int32')));
}

/** Returns visible states of chains whose examples lack these units. */
export function masked(visible: Tensor2D, observed: Tensor2D | undefined): Tensor2D {
  return observed === undefined ? visible : mul(visible, observed);
}

/**
 * Fills gaps with samples of the model given what is observed: block Gibbs sampling in which
 * observed units stay as they are. The chains start at hidden states that do not depend on the
 * gaps.
 *
 * @param visible states, shape [batch, visible]; what is at gaps does not matter
 * @param observed 1 for a value that is known, 0 for a gap, of the same shape
 * @param key the key of all draws
 * @param sweeps how often hidden and missing units are drawn, 1 or more
 * @throws RangeError if shapes do not fit, or `sweeps` is not a whole number of 1 or more
 */
export function fillMissing(
  rbm: Rbm,
  visible: Tensor2D,
  observed: Tensor2D,
  key: RandomKey,
  sweeps: number,
): Tensor2D {
  const name = 'fillMissing';
  checkNumber(name, 'sweeps', sweeps, { low: 1, whole: true });
  return tidy(() => {
    const mask = observedStates(name, rbm, observed);
    const given = visibleStates(name, rbm, visible);
    checkRows(name, given, mask);
    return filled(rbm, withoutGaps(given, mask), mask, key, sweeps);
  });
}

/** The same for checked states without gaps. */
export function filled(
  rbm: Rbm,
  given: Tensor2D,
  mask: Tensor2D,
  key: RandomKey,
  sweeps: number,
): Tensor2D {
  return tidy(() => {
    const isKnown: Tensor2D = cast(mask, 'bool');
    let states = given;
    for (let i = 0; i < sweeps; i++) {
      const old = states;
      const own = foldKey(foldKey(key, 'missing'), i);
      ({ states } = sweepGaps(rbm, old, { given, isKnown }, own, false));
      if (old !== given) old.dispose();
    }
    return states;
  });
}

/** Visible states, and which of them are known (bool). */
export interface KnownStates {
  readonly given: Tensor2D;
  readonly isKnown: Tensor2D;
}

/**
 * Runs one sweep of Gibbs sampling in the gaps: draws hidden states, then the unknown units.
 *
 * @param wantsMean whether to return the visible units' means too, including those of known units
 */
export function sweepGaps(
  rbm: Rbm,
  states: Tensor2D,
  { given, isKnown }: KnownStates,
  key: RandomKey,
  wantsMean: boolean,
): { readonly states: Tensor2D; readonly mean: Tensor2D | undefined } {
  return tidy(() => {
    const hidden = layerStates(rbm, 'hidden', states, { sample: foldKey(key, 'hidden') }).sample;
    const wanted = { mean: wantsMean, sample: foldKey(key, 'visible') };
    const { mean, sample } = layerStates(rbm, 'visible', hidden, wanted);
    return { states: choose(isKnown, given, sample), mean };
  });
}
