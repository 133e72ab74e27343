import {
  add,
  cast,
  clipByValue,
  floor,
  greater,
  greaterEqual,
  minimum,
  sub,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { lookUp } from './look-up.ts';

/** log(1 − e^{−i}). */
const logStep = (i: number): number => Math.log(-Math.expm1(-i));

/** Beyond this count, log(1 − e^{−i}) is negligible compared with 1 in float32. */
const SETTLED = 20;

/** A threshold above every input; inputs are clipped at `FARTHEST`. */
const NONE = 2e30;
const FARTHEST = 1e30;

/** E(s) = s²/2 − log [N choose s]_q with q = e^{−1}, for s = 0 … copies. */
export function steppedCountEnergies(copies: number): number[] {
  let logBinomial = 0;
  return Array.from({ length: copies + 1 }, (_, s) => {
    if (s > 0) logBinomial += logStep(copies - s + 1) - logStep(s);
    return (s * s) / 2 - logBinomial;
  });
}

/**
 * How far x must be above k for the count k to be as probable as k − 1: E(k) − E(k − 1) − k, for k
 * = 0, 1, …. For k = 0 any x suffices, for k = N + 1 none. For infinitely many copies, the list
 * ends once it has settled at −½.
 */
export function steppedModeThresholds(copies: number | undefined): number[] {
  const counts = Array.from({ length: copies ?? SETTLED }, (_, i) => i + 1);
  const inner = counts.map(
    (k) => -0.5 + logStep(k) - (copies === undefined ? 0 : logStep(copies - k + 1)),
  );
  return [-NONE, ...inner, copies === undefined ? -0.5 : NONE];
}

/**
 * The most probable count: the number of k ≥ 1 with x − k ≥ thresholds[k]. It is floor(x + ½) or a
 * neighbor.
 */
export function steppedMode(input: Tensor2D, thresholds: readonly number[]): Tensor2D {
  return tidy(() => {
    const x: Tensor2D = clipByValue(input, -FARTHEST, FARTHEST);
    const last = thresholds.length - 1;
    // A list that ends in "none" limits the count by itself.
    const most = thresholds[last]! > 0 ? last - 1 : 3e38;
    const near: Tensor2D = clipByValue(floor(add(x, 0.5)), 0, most);
    const reached = (count: Tensor2D): Tensor2D => {
      const threshold = lookUp(thresholds, minimum(count, last));
      return cast(greaterEqual(sub(x, count), threshold), 'float32');
    };
    const count: Tensor2D = add(sub(add(near, reached(near)), 1), reached(add(near, 1)));
    // This far out, an unbounded count equals the input.
    return most < 3e38 ? count : where(greater(input, FARTHEST), input, count);
  });
}
