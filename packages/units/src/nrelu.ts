import {
  abs,
  add,
  clipByValue,
  div,
  exp,
  greater,
  mul,
  relu,
  sigmoid,
  sqrt,
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
import { drawNormals } from './draw.ts';
import { MEAN_MARGIN, solveIncreasing } from './input-for-mean.ts';
import { firstTailMoment, secondTailMoment, tailMomentAt } from './normal-tail.ts';
import { checkOptions, oneOf } from '@deepbelief/checks';
import { softplus } from './softplus.ts';
import { steppedEnergy, steppedLogNormalizer } from './stepped-sum.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/** Options of `nrelu`. */
export interface NreluOptions {
  /**
   * What `mean` returns: the mean of the samples (`rectified-gaussian`, the default), max(0, x)
   * (`relu`, one pass instead of about thirty), or log(1 + eˣ) (`softplus`, close to the mean of
   * the stepped sigmoid unit behind it).
   */
  readonly mean?: 'rectified-gaussian' | 'relu' | 'softplus';
}

/**
 * Noisy rectified linear units: s = max(0, x + n), n normal with mean 0 and *variance* σ(x).
 *
 * With d = √σ(x) and z = x/d the mean is xΦ(z) + dφ(z) and the second moment (x² + σ(x))Φ(z) +
 * xdφ(z). They are a fast approximation of stepped sigmoid units, not an exponential family of
 * their own. Energy and log-normalizer are the stepped sigmoid unit's, and `exact` is false. In a
 * feed-forward net they are max(0, x), which is intensity equivariant: f(αx) = αf(x) for α > 0.
 *
 * Source: V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines"
 * (2010), section 2.
 *
 * @throws RangeError if an option is unknown or out of range
 */
export function nrelu(options: NreluOptions = {}): Units {
  checkOptions('nrelu', options, nreluType.options);
  const { mean = 'rectified-gaussian' } = options;
  return checkedUnits({
    config: { type: 'nrelu', mean },
    exact: false,
    range: { low: 0, high: Infinity },
    reconstruction: 'sample',
    rectified: true,
    energy: (state) => tidy(() => sum(steppedEnergy(state), 1)),
    logNormalizer: (input) => tidy(() => sum(steppedLogNormalizer(input), 1)),
    mean: MEANS[mean],
    variance: rectifiedVariance,
    mode: (input) => relu(input),
    sample: (input, key) =>
      tidy(() => relu(add(input, mul(drawNormals(key, input.shape), sqrt(sigmoid(input)))))),
    activation: (input) => differentiable(input, relu, (x) => step(x)),
    inputForMean: (means) => means.map(INVERSES[mean]),
  });
}

const MEANS: Readonly<Record<NonNullable<NreluOptions['mean']>, (x: Tensor2D) => Tensor2D>> = {
  'rectified-gaussian': rectifiedMean,
  relu: (x) => relu(x),
  softplus,
};

const INVERSES: Readonly<Record<NonNullable<NreluOptions['mean']>, (mean: number) => number>> = {
  'rectified-gaussian': (mean) =>
    solveIncreasing(rectifiedMeanAt, Math.max(mean, MEAN_MARGIN), -20, Math.max(mean, 1)),
  relu: (mean) => Math.max(mean, 0),
  softplus: (mean) => {
    const inside = Math.max(mean, MEAN_MARGIN);
    return inside + Math.log(-Math.expm1(-inside));
  },
};

/**
 * Beyond 20 standard deviations φ(z) is 0 in float32. The bounds keep z finite if √σ(x) is 0 or x
 * is infinite.
 */
const FARTHEST_Z = 20;

/** d = √σ(x), z = x/d, |z| and φ(z). */
function standardize(x: Tensor2D): { d: Tensor2D; z: Tensor2D; y: Tensor2D; density: Tensor2D } {
  const d: Tensor2D = sqrt(sigmoid(x));
  const z: Tensor2D = clipByValue(div(x, d), -FARTHEST_Z, FARTHEST_Z);
  const density: Tensor2D = mul(exp(mul(square(z), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return { d, z, y: abs(z), density };
}

/** d(zΦ(z) + φ(z)) = max(0, x) + dφ(z)M₁(|z|), with M₁ the tail's first moment: nothing cancels. */
function rectifiedMean(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const { d, y, density } = standardize(x);
    return add(relu(x), mul(d, mul(density, firstTailMoment(y))));
  });
}

/**
 * σ(x) times the variance of max(0, z + n): φM₂ − (φM₁)² for z ≤ 0, and for z > 0, where (φM₁)² is
 * the square of the mean's excess over z, 1 − φM₂ − 2zφM₁ − (φM₁)².
 */
function rectifiedVariance(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const { d, z, y, density } = standardize(x);
    const first: Tensor2D = mul(density, firstTailMoment(y));
    const second: Tensor2D = mul(density, secondTailMoment(y));
    const above = sub(sub(1, second), mul(mul(z, first), 2));
    return mul(square(d), sub(where(greater(z, 0), above, second), square(first)));
  });
}

/** The rectified Gaussian's mean for one number, in float64. */
function rectifiedMeanAt(x: number): number {
  const d = 1 / Math.sqrt(1 + Math.exp(-x));
  const z = x / d;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return Math.max(0, x) + d * density * tailMomentAt(1, Math.abs(z));
}

/** How settings, files and user interfaces describe this type. */
export const nreluType: UnitType = {
  type: 'nrelu',
  label: 'NReLU',
  about:
    'Silent below zero, as strong as its input above. The noise has variance σ(x), ' +
    'so units that are off stay off.',
  formula: String.raw`s = \max\bigl(0,\ x + \mathcal{N}(0, \sigma(x))\bigr)`,
  source: 'Nair & Hinton 2010, 2',
  options: {
    mean: {
      about: 'What counts as the mean: that of the samples, max(0, x) in one pass, or log(1 + eˣ).',
      ...oneOf(Object.keys(MEANS)),
    },
  },
  examples: [{ mean: 'relu' }, {}, { mean: 'softplus' }],
  make: (options) => nrelu(options),
};
