import { mul, relu as rectify, square, step, sum, tidy } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { solveIncreasing } from './input-for-mean.ts';
import { checkOptions } from '@deepbelief/checks';
import {
  truncatedLogNormalizer,
  truncatedMean,
  truncatedMeanAt,
  truncatedVariance,
} from './truncated-normal.ts';
import { sampleTruncatedNormal } from './truncated-normal-sample.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

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

/** How settings, files and user interfaces describe this type. */
export const reluType: UnitType = {
  type: 'relu',
  label: 'exact ReLU',
  about:
    'Zero or more, a bell curve cut off at zero: the relative of NReLUs with an energy of ' +
    'its own.',
  formula: String.raw`P(s\mid x) \propto e^{xs - s^2/2},\quad s \ge 0`,
  source: 'Ravanbakhsh et al. 2016',
  options: {},
  examples: [{}],
  make: (options) => relu(options as Record<string, never>),
};
