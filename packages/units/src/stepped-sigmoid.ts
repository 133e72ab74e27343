import { add, clipByValue, mul, relu, sigmoid, step, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { countCopies, interpolate, MOST_COPIES } from './copies.ts';
import { checkedUnits } from './checked-units.ts';
import { countStates } from './count-states.ts';
import { differentiable } from './differentiable.ts';
import { MEAN_MARGIN, solveIncreasing } from './input-for-mean.ts';
import { checkOptions, wholeNumber } from '@deepbelief/checks';
import { steppedCountEnergies, steppedMode, steppedModeThresholds } from './stepped-count.ts';
import { sampleSteppedCount } from './stepped-sample.ts';
import {
  steppedEnergy,
  steppedLogNormalizer,
  steppedLogNormalizerExcess,
  steppedMeanAt,
  steppedMeanExcess,
  steppedVarianceExcess,
} from './stepped-sum.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/** Options of `steppedSigmoid`. */
export interface SteppedSigmoidOptions {
  /** Copies per unit, 1 to 4096. Without it there are infinitely many, which is faster. */
  readonly copies?: number;
}

/**
 * Stepped sigmoid units: the count s of binary copies that share their weights and whose biases are
 * shifted by −½, −3/2, −5/2, …; infinitely many of them, or N exactly.
 *
 * Γ(x) = Σᵢ softplus(x − i + ½), mean Σᵢ σ(x − i + ½), near softplus(x), variance near σ(x). As a
 * single unit whose state is a count, E(s) = s²/2 + Σ_{i≤s} log(1 − e^{−i}), or s²/2 − log [N
 * choose s]_q, the Gaussian binomial coefficient with q = e^{−1}: the distribution follows from Π(1
 * + t q^{i−½}), Cauchy's q-binomial theorem. Energies are interpolated between counts. A sample
 * costs one draw, or N draws for N copies.
 *
 * Source: V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines"
 * (2010), section 2.
 *
 * @throws RangeError if an option is unknown or out of range
 */
export function steppedSigmoid(options: SteppedSigmoidOptions = {}): Units {
  checkOptions('stepped-sigmoid', options, steppedSigmoidType.options);
  const { copies } = options;
  const thresholds = steppedModeThresholds(copies);
  const family = copies === undefined ? infinite : finite(copies);
  return checkedUnits({
    config: { type: 'stepped-sigmoid', ...(copies === undefined ? {} : { copies }) },
    exact: true,
    range: { low: 0, high: copies ?? Infinity },
    reconstruction: 'sample',
    rectified: true,
    states: copies === undefined ? undefined : countStates(copies),
    energy: (state) => tidy(() => sum(family.energy(state), 1)),
    logNormalizer: (input) => tidy(() => sum(family.logNormalizer(input), 1)),
    mean: family.mean,
    variance: family.variance,
    mode: (input) => steppedMode(input, thresholds),
    sample: family.sample,
    activation: (input) => differentiable(input, family.mean, family.variance),
    inputForMean: (means) =>
      means.map((value) => {
        const most = copies ?? Infinity;
        const target = Math.min(Math.max(value, MEAN_MARGIN), most - MEAN_MARGIN);
        const meanAt = (x: number): number =>
          steppedMeanAt(x) - (copies === undefined ? 0 : steppedMeanAt(x - copies));
        return solveIncreasing(meanAt, target, -20, Math.min(target, most) + 20);
      }),
  });
}

/** How settings, files and user interfaces describe this type. */
export const steppedSigmoidType: UnitType = {
  type: 'stepped-sigmoid',
  label: 'stepped sigmoid',
  about:
    'Many binary copies with the same weights, each a step harder to switch on; ' +
    'how many are on is an intensity.',
  formula: String.raw`\langle s\rangle = \textstyle\sum_k \sigma(x - k + \tfrac12) \approx \log(1 + e^x)`,
  source: 'Nair & Hinton 2010, 2',
  options: {
    copies: {
      about: 'How many copies a unit has; if omitted, infinitely many, which is faster.',
      ...wholeNumber(1, MOST_COPIES, true),
    },
  },
  examples: [{}, { copies: 3 }],
  make: (options) => steppedSigmoid(options),
};

/** What differs between N copies and infinitely many, one value per unit. */
type Family = Pick<Units, 'mean' | 'variance' | 'sample'> & {
  readonly energy: (state: Tensor2D) => Tensor2D;
  readonly logNormalizer: (input: Tensor2D) => Tensor2D;
};

const infinite: Family = {
  energy: steppedEnergy,
  logNormalizer: steppedLogNormalizer,
  mean: (x) => tidy(() => add(relu(x), steppedMeanExcess(x))),
  variance: (x) => tidy(() => add(step(x), steppedVarianceExcess(x))),
  sample: sampleSteppedCount,
};

/**
 * N copies are infinitely many minus those beyond the N-th, which are infinitely many at input x −
 * N. Parts that grow with x are subtracted in closed form.
 */
function finite(copies: number): Family {
  const energies = steppedCountEnergies(copies);
  const less = (x: Tensor2D, excess: (x: Tensor2D) => Tensor2D): Tensor2D =>
    tidy(() => sub(excess(x), excess(sub(x, copies))));
  return {
    energy: (state) => interpolate(energies, state),
    logNormalizer: (x) =>
      tidy(() => {
        const beyond: Tensor2D = sub(x, copies);
        const halves = mul(add(relu(x), relu(beyond)), 0.5);
        return add(mul(clipByValue(x, 0, copies), halves), less(x, steppedLogNormalizerExcess));
      }),
    mean: (x) => tidy(() => add(clipByValue(x, 0, copies), less(x, steppedMeanExcess))),
    variance: (x) =>
      tidy(() => add(sub(step(x), step(sub(x, copies))), less(x, steppedVarianceExcess))),
    sample: (x, key) => countCopies(key, copies, (copy) => sigmoid(sub(x, copy + 0.5))),
  };
}
