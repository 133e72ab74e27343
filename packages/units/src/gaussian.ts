import {
  add,
  div,
  exp,
  mean as average,
  mul,
  onesLike,
  square,
  sub,
  sum,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { drawNormals } from './draw.ts';
import { checkOptions, flag } from '@deepbelief/checks';
import type { UnitType } from './unit-type.ts';
import type { ParameterBounds, UnitParameters, Units } from './units.ts';

/** σ stays between 1/1000 and 1000 and changes by at most 5 % per step. */
const LOG_PRECISION: ParameterBounds = {
  low: -2 * Math.log(1000),
  high: 2 * Math.log(1000),
  largestStep: 0.1,
};

/** Options of `gaussian`. */
export interface GaussianOptions {
  /**
   * The standard deviation σ, in the units of the data; its starting value if it is learned.
   * Default 1.
   */
  readonly sigma?: number;
  /** Whether each unit learns its own σ, through `logPrecision` = log(1/σ²). Default false. */
  readonly learnSigma?: boolean;
}

/**
 * Gaussian units, s real with E(s) = γs²/2 and precision γ = 1/σ²: mean and mode x/γ, variance 1/γ,
 * Γ(x) = x²/2γ + ½ log(2π/γ).
 *
 * The input x is the natural parameter: it is not divided by σ. So a weight acts on the state
 * itself, and learning the precision, ∂E/∂log γ = γs²/2, does not affect the weights' gradients.
 * Reconstructions are noise-free by default. `inputForMean` uses the starting precision of
 * `initialParameters`.
 *
 * Source: M. Welling, M. Rosen-Zvi, G. Hinton, "Exponential family harmoniums" (2005).
 *
 * @throws RangeError if an option is unknown or out of range; with a learned σ, functions also
 *   throw it if called without `parameters.logPrecision`
 */
export function gaussian(options: GaussianOptions = {}): Units {
  checkOptions('gaussian', options, gaussianType.options);
  const { sigma = 1, learnSigma = false } = options;
  const fixedPrecision = sigma ** -2;

  function logPrecision(parameters: UnitParameters | undefined): Tensor | number {
    return learnSigma ? parameters!.logPrecision! : -2 * Math.log(sigma);
  }
  const precision = (parameters: UnitParameters | undefined): Tensor | number =>
    learnSigma ? exp(logPrecision(parameters)) : fixedPrecision;
  const mean = (input: Tensor2D, parameters?: UnitParameters): Tensor2D =>
    tidy(() => div(input, precision(parameters)));
  const variance = (input: Tensor2D, parameters?: UnitParameters): Tensor2D =>
    tidy(() => div(onesLike(input), precision(parameters)));

  return checkedUnits({
    config: { type: 'gaussian', sigma, learnSigma },
    exact: true,
    range: { low: -Infinity, high: Infinity },
    reconstruction: 'mean',
    parameterBounds: learnSigma ? { logPrecision: LOG_PRECISION } : {},
    energy: (state, parameters) =>
      tidy(() => sum(mul(square(state), mul(precision(parameters), 0.5)), 1)),
    logNormalizer: (input, parameters) =>
      tidy(() => {
        const quadratic = div(square(input), mul(precision(parameters), 2));
        const constant = mul(sub(Math.log(2 * Math.PI), logPrecision(parameters)), 0.5);
        return sum(add(quadratic, constant), 1);
      }),
    mean,
    variance,
    mode: mean,
    sample: (input, key, parameters) =>
      tidy(() => {
        const deviation = exp(mul(logPrecision(parameters), -0.5));
        return add(mean(input, parameters), mul(drawNormals(key, input.shape), deviation));
      }),
    activation: (input, parameters) =>
      differentiable(
        input,
        (x) => mean(x, parameters),
        (x) => variance(x, parameters),
      ),
    inputForMean: (means) => means.map((value) => value * fixedPrecision),
    initialParameters: (size) =>
      learnSigma ? { logPrecision: new Float32Array(size).fill(-2 * Math.log(sigma)) } : {},
    // −∂E/∂log γ = −γs²/2
    parameterGradients: (state, parameters) =>
      learnSigma
        ? {
            logPrecision: tidy(() =>
              mul(average(square(state), 0), mul(precision(parameters), -0.5)),
            ),
          }
        : {},
    // ∂Γ/∂log γ = −x²/2γ − ½
    parameterMoments: (input, parameters) =>
      learnSigma
        ? {
            logPrecision: tidy(() =>
              sub(div(mul(average(square(input), 0), -0.5), precision(parameters)), 0.5),
            ),
          }
        : {},
  });
}

/** How settings, files and user interfaces describe this type. */
export const gaussianType: UnitType = {
  type: 'gaussian',
  label: 'Gaussian',
  about:
    'A real number around its input, with noise of variance σ²: linear, for data that are ' +
    'standardized.',
  formula: String.raw`s \sim \mathcal{N}(\sigma^2 x,\ \sigma^2)`,
  source: 'Welling et al. 2005',
  options: {
    sigma: {
      about: 'The standard deviation σ, in the data’s units; its starting value if it is learned.',
      // Its square and the reciprocal of that must be normal float32 numbers, with room to spare.
      expected: 'a number from 1e-15 to 1e15',
      accepts: (value) => typeof value === 'number' && value >= 1e-15 && value <= 1e15,
      optional: true,
    },
    learnSigma: { about: 'Whether each unit learns its own σ.', ...flag },
  },
  examples: [{}, { sigma: 0.5 }, { sigma: 3, learnSigma: true }],
  make: (options) => gaussian(options),
};
