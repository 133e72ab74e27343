import {
  abs,
  add,
  div,
  exp,
  greater,
  log,
  minimum,
  mul,
  square,
  sub,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { millsRatio, tailMomentAt, tailMomentRatios } from './normal-tail.ts';

/*
 * A normal of mean x and variance 1 truncated to s ≥ 0, the basis of rectified units. For x < 0
 * the moments come from those of the normal's tail, without cancellation.
 */

const ROOT_TWO_PI: number = /* @__PURE__ */ Math.sqrt(2 * Math.PI);

/** exp(−x²/2), and √(2π) Φ(|x|) = √(2π) − exp(−x²/2) M₀(|x|). */
function upperSide(y: Tensor2D): { density: Tensor2D; mass: Tensor2D } {
  const density: Tensor2D = exp(mul(square(y), -0.5));
  return { density, mass: sub(ROOT_TWO_PI, mul(density, millsRatio(y))) };
}

/** log ∫ exp(xs − s²/2) ds over s ≥ 0 = x²/2 + log(√(2π) Φ(x)), elementwise. */
export function truncatedLogNormalizer(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const y: Tensor2D = abs(x);
    const { mass } = upperSide(y);
    return where(greater(x, 0), add(mul(square(y), 0.5), log(mass)), log(millsRatio(y)));
  });
}

/** Its mean, elementwise. */
export function truncatedMean(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const y: Tensor2D = abs(x);
    const { density, mass } = upperSide(y);
    return where(greater(x, 0), add(y, div(density, mass)), tailMomentRatios(y).first);
  });
}

/** Its variance, elementwise. */
export function truncatedVariance(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const y: Tensor2D = abs(x);
    const { density, mass } = upperSide(y);
    const r: Tensor2D = div(density, mass);
    const { first, second } = tailMomentRatios(y);
    const belowZero: Tensor2D = sub(second, square(first));
    // If y is infinite, r is 0.
    const aboveZero: Tensor2D = sub(1, mul(r, add(minimum(y, FARTHEST), r)));
    return where(greater(x, 0), aboveZero, belowZero);
  });
}

/** Beyond this, φ is 0 in float32. */
const FARTHEST = 20;

/** The mean for one number, in float64. */
export function truncatedMeanAt(x: number): number {
  const y = Math.abs(x);
  if (x <= 0) return tailMomentAt(1, y) / tailMomentAt(0, y);
  const density = Math.exp((-y * y) / 2);
  return x + density / (ROOT_TWO_PI - density * tailMomentAt(0, y));
}
