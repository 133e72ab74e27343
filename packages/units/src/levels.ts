import {
  add,
  cast,
  clipByValue,
  div,
  exp,
  fill,
  greater,
  greaterEqual,
  log,
  mul,
  square,
  sub,
  tidy,
  where,
  zerosLike,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { MEAN_MARGIN, solveIncreasing } from './input-for-mean.ts';

/**
 * Units with the states 0, 1, … most and any energies: P(s|x) ∝ exp(xs + weight(s)), where
 * weight(s) = −E(s). Functions make one pass over the layer for each state, so memory does not grow
 * with the number of states.
 */
export interface Levels {
  /** The largest state. */
  readonly most: number;
  /** −E of a state: one number for all units, or one per unit, shape [units]. */
  readonly weight: (state: number) => Tensor | number;
}

/** Larger inputs are replaced by this, so that their products with states are finite. */
const LARGEST = 1e30;

/** Returns Γ(x) = log Σ_s exp(xs − E(s)) of each unit, shape [batch, units]. */
export function levelsLogNormalizer(input: Tensor2D, levels: Levels): Tensor2D {
  return tidy(() => {
    const peak = peakOf(input, levels);
    const largest = add(mul(peak.x, peak.state), peak.weight);
    const total = levelsTotal(peak, levels, () => 1);
    return where<Tensor2D>(greaterEqual(input, LARGEST), Infinity, add(largest, log(total)));
  });
}

/** Returns Σ_s f(s) P(s|x) of each unit; f(s) is a number or a tensor of the input's shape. */
export function levelsAverage(
  input: Tensor2D,
  levels: Levels,
  f: (state: number) => Tensor2D | number,
): Tensor2D {
  return tidy(() => {
    const peak = peakOf(input, levels);
    return div(
      levelsTotal(peak, levels, f),
      levelsTotal(peak, levels, () => 1),
    );
  });
}

/** Returns the variance of each unit, computed around its mean so that nothing cancels. */
export function levelsVariance(input: Tensor2D, levels: Levels, mean: Tensor2D): Tensor2D {
  return levelsAverage(input, levels, (s) => square(sub(s, mean)));
}

/** Returns the most probable state, the lowest one if there are ties. */
export function levelsMode(input: Tensor2D, levels: Levels): Tensor2D {
  return tidy(() => peakOf(input, levels).state);
}

/**
 * Returns the first state whose cumulative probability exceeds the unit's uniform number.
 *
 * @param uniforms from 0 to 1, shape [batch, units]
 */
export function levelsSample(input: Tensor2D, levels: Levels, uniforms: Tensor2D): Tensor2D {
  return tidy(() => {
    const peak = peakOf(input, levels);
    const end: Tensor2D = mul(
      uniforms,
      levelsTotal(peak, levels, () => 1),
    );
    let cumulative: Tensor2D = zerosLike(input);
    let state: Tensor2D = zerosLike(input);
    // The last state absorbs rounding errors.
    for (let s = 0; s < levels.most; s++) {
      const old = [cumulative, state];
      [cumulative, state] = tidy(() => {
        const next: Tensor2D = add(cumulative, share(peak, levels, s));
        return [next, add(state, cast(greaterEqual(end, next), 'float32'))];
      });
      for (const tensor of old) tensor.dispose();
    }
    return state;
  });
}

/**
 * Returns the input at which units with these states have a given mean. Means at the ends of the
 * range are first moved slightly inward.
 *
 * @param weight −E of a state
 */
export function inputForLevels(
  mean: number,
  most: number,
  weight: (state: number) => number,
): number {
  const inside = Math.min(Math.max(mean, most * MEAN_MARGIN), most * (1 - MEAN_MARGIN));
  const meanAt = (x: number): number => {
    const logs = Array.from({ length: most + 1 }, (_, s) => x * s + weight(s));
    const largest = logs.reduce((a, b) => Math.max(a, b));
    const weights = logs.map((value) => Math.exp(value - largest));
    const total = weights.reduce((a, b) => a + b);
    return weights.reduce((sum, value, s) => sum + value * s, 0) / total;
  };
  return solveIncreasing(meanAt, inside, -50, 50);
}

/**
 * Finds the most probable state of each unit. Others are compared with it, so that nothing cancels.
 */
interface Peak {
  /** The input, made finite. */
  readonly x: Tensor2D;
  readonly state: Tensor2D;
  readonly weight: Tensor2D;
}

function peakOf(input: Tensor2D, { most, weight }: Levels): Peak {
  const x: Tensor2D = clipByValue(input, -LARGEST, LARGEST);
  let state: Tensor2D = zerosLike(x);
  let best: Tensor2D = add(state, weight(0));
  for (let s = 1; s <= most; s++) {
    const old = [state, best];
    [state, best] = tidy(() => {
      const isBetter = greater(add(mul(x, sub(s, state)), sub(weight(s), best)), 0);
      const level: Tensor2D = fill(x.shape, s);
      return [
        where<Tensor2D>(isBetter, level, state),
        where<Tensor2D>(isBetter, add(zerosLike(x), weight(s)), best),
      ];
    });
    for (const tensor of old) tensor.dispose();
  }
  return { x, state, weight: best };
}

/** Returns P(s|x) without the unit's common factor: 1 for the most probable state. */
function share({ x, state, weight }: Peak, levels: Levels, s: number): Tensor2D {
  return tidy(() => exp<Tensor2D>(add(mul(x, sub(s, state)), sub(levels.weight(s), weight))));
}

/** Returns Σ_s f(s) times the share of s. */
function levelsTotal(
  peak: Peak,
  levels: Levels,
  f: (state: number) => Tensor2D | number,
): Tensor2D {
  let total: Tensor2D = zerosLike(peak.x);
  for (let s = 0; s <= levels.most; s++) {
    const old = total;
    total = tidy(() => add(old, mul(f(s), share(peak, levels, s))));
    old.dispose();
  }
  return total;
}
