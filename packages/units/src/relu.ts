import {
  abs,
  add,
  div,
  exp,
  greater,
  log,
  minimum,
  mul,
  relu as rectify,
  square,
  step,
  sub,
  sum,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { solveIncreasing } from './input-for-mean.ts';
import { millsRatio, tailMomentAt, tailMomentRatios } from './normal-tail.ts';
import { checkOptions } from '@deepbelief/checks';
import { sampleTruncatedNormal } from './truncated-normal-sample.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

const ROOT_TWO_PI: number = /* @__PURE__ */ Math.sqrt(2 * Math.PI);

/**
 * Smaller data means are moved to this one, which corresponds to an input near −100, so that biases
 * stay useful.
 */
const LEAST_MEAN = 0.01;

/**
 * Rectified linear units as an exact exponential family: s ≥ 0 with E(s) = s²/2, a normal of mean x
 * and variance 1 truncated to s ≥ 0.
 *
 * Γ(x) = x²/2 + log(√(2π) Φ(x)); with r = φ(x)/Φ(x) the mean is x + r and the variance 1 − r(x +
 * r). For x < 0 they come from the moments of the normal's tail, without cancellation.
 *
 * Source: S. Ravanbakhsh, B. Póczos, J. Schneider, D. Schuurmans, R. Greiner, "Stochastic neural
 * networks with monotonic activation functions" (2016); the double ReLU of J. Tubiana, S. Cocco, R.
 * Monasson, "Learning protein constitutive motifs from sequence data" (2019), has it as a limit.
 *
 * @throws RangeError for any option; there are none
 */
export function relu(options: Readonly<Record<string, never>> = {}): Units {
  checkOptions('relu', options, reluType.options);
  return checkedUnits({
    config: { type: 'relu' },
    exact: true,
    range: { low: 0, high: Infinity },
    reconstruction: 'sample',
    rectified: true,
    energy: (state) => tidy(() => mul(sum(square(state), 1), 0.5)),
    logNormalizer: (input) => tidy(() => sum(truncatedLogNormalizer(input), 1)),
    mean: truncatedMean,
    variance: truncatedVariance,
    mode: (input) => rectify(input),
    sample: sampleTruncatedNormal,
    activation: (input) => differentiable(input, rectify, (x) => step(x)),
    inputForMean: (means) =>
      means.map((value) => {
        const target = Math.max(value, LEAST_MEAN);
        return solveIncreasing(truncatedMeanAt, target, -2 / LEAST_MEAN, target);
      }),
  });
}

/** How settings, files and user interfaces know it. */
export const reluType: UnitType = {
  type: 'relu',
  label: 'exact ReLU',
  about:
    'Zero or more, a bell curve cut off at zero: the relative of NReLUs that has an energy of its own.',
  formula: String.raw`P(s\mid x) \propto e^{xs - s^2/2},\quad s \ge 0`,
  source: 'Ravanbakhsh et al. 2016',
  options: {},
  examples: [{}],
  make: (options) => relu(options as Record<string, never>),
};

/** exp(−x²/2), and √(2π) Φ(|x|) = √(2π) − exp(−x²/2) M₀(|x|). */
function upperSide(y: Tensor2D): { density: Tensor2D; mass: Tensor2D } {
  const density: Tensor2D = exp(mul(square(y), -0.5));
  return { density, mass: sub(ROOT_TWO_PI, mul(density, millsRatio(y))) };
}

function truncatedLogNormalizer(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const y: Tensor2D = abs(x);
    const { mass } = upperSide(y);
    return where(greater(x, 0), add(mul(square(y), 0.5), log(mass)), log(millsRatio(y)));
  });
}

function truncatedMean(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const y: Tensor2D = abs(x);
    const { density, mass } = upperSide(y);
    return where(greater(x, 0), add(y, div(density, mass)), tailMomentRatios(y).first);
  });
}

function truncatedVariance(x: Tensor2D): Tensor2D {
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
function truncatedMeanAt(x: number): number {
  const y = Math.abs(x);
  if (x <= 0) return tailMomentAt(1, y) / tailMomentAt(0, y);
  const density = Math.exp((-y * y) / 2);
  return x + density / (ROOT_TWO_PI - density * tailMomentAt(0, y));
}
