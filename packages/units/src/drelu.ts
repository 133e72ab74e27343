import { checkOptions } from '@deepbelief/checks';
import { foldKey } from '@deepbelief/random';
import {
  abs,
  add,
  div,
  exp,
  less,
  maximum,
  mean as average,
  minimum,
  mul,
  neg,
  relu as rectify,
  sigmoid,
  square,
  sub,
  sum,
  tidy,
  where,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import { softplus } from './softplus.ts';
import { truncatedLogNormalizer, truncatedMean, truncatedVariance } from './truncated-normal.ts';
import { sampleTruncatedNormal } from './truncated-normal-sample.ts';
import type { UnitType } from './unit-type.ts';
import type { ParameterBounds, UnitParameters, Units } from './units.ts';

/**
 * Each side's standard deviation stays between 1/1000 and 1000 and changes by at most 5 % per step.
 */
const LOG_PRECISION: ParameterBounds = {
  low: -2 * Math.log(1000),
  high: 2 * Math.log(1000),
  largestStep: 0.1,
};

/**
 * Ten standard deviations. Beyond this, one side is never reached, or the two sides act as two
 * units.
 */
const GAP: ParameterBounds = { low: -10, high: 10, largestStep: 0.1 };

/** One side of a unit: s ≥ 0, or −s for s ≤ 0. */
interface Side {
  /** The input in standard deviations of the side's normal. */
  readonly scaled: Tensor2D;
  /** 1/√γ of the side, shape [units]. */
  readonly deviation: Tensor;
  /** log ∫ exp(xs − E(s)) ds over the side, shape [batch, units]. */
  readonly logMass: Tensor2D;
}

/**
 * Double rectified linear units (dReLU), s real with E(s) = ½γ₊s₊² + ½γ₋s₋² + Δ|s|, where s₊ =
 * max(0, s) and s₋ = min(0, s): a truncated normal on each side of zero. Each unit learns γ₊, γ₋
 * and the gap Δ, so it can be Gaussian (γ₊ = γ₋, Δ = 0), rectified (γ₋ large), sparse (Δ > 0) or
 * bimodal (Δ < 0). The layer's bias shifts the input as in every type.
 *
 * With x± = ±x − Δ, u± = x±/√γ± and the truncated normal's log-normalizer Γₜ: log Z± = Γₜ(u±) − ½
 * log γ±, Γ(x) = log(Z₊ + Z₋), and the side s > 0 has the probability Z₊/(Z₊ + Z₋).
 *
 * Source: J. Tubiana, S. Cocco, R. Monasson, "Learning protein constitutive motifs from sequence
 * data" (2019), where θ± are the layer's bias and ±Δ.
 *
 * @throws RangeError for any option; there are none. Functions also throw it when called without
 *   the parameters
 */
export function drelu(options: Readonly<Record<string, never>> = {}): Units {
  checkOptions('drelu', options, dreluType.options);
  return checkedUnits({
    config: { type: 'drelu' },
    exact: true,
    range: { low: -Infinity, high: Infinity },
    reconstruction: 'sample',
    parameterBounds: {
      logPrecisionUp: LOG_PRECISION,
      logPrecisionDown: LOG_PRECISION,
      gap: GAP,
    },
    energy: (state, parameters) =>
      tidy(() => {
        const { up, down, gap } = precisions(parameters);
        const curved = add(
          mul(square(rectify(state)), mul(up, 0.5)),
          mul(square(rectify(neg(state))), mul(down, 0.5)),
        );
        return sum<Tensor1D>(add(curved, mul(abs(state), gap)), 1);
      }),
    logNormalizer: (input, parameters) =>
      tidy(() => {
        const { up, down } = sides(input, parameters);
        const larger: Tensor2D = maximum(up.logMass, down.logMass);
        const difference: Tensor2D = abs(sub(up.logMass, down.logMass));
        return sum<Tensor1D>(add(larger, softplus(neg(difference))), 1);
      }),
    mean: meanState,
    variance: varianceOfState,
    mode: (input, parameters) =>
      tidy(() => {
        const { up, down, gap } = precisions(parameters);
        const peakUp: Tensor2D = rectify(div(sub(input, gap), up));
        const peakDown: Tensor2D = rectify(div(sub(neg(input), gap), down));
        // The peak with the larger exponent, γs²/2 at each.
        const isUp = less(mul(square(peakDown), down), mul(square(peakUp), up));
        return where(isUp, peakUp, neg(peakDown));
      }),
    sample: (input, key, parameters) =>
      tidy(() => {
        const { up, down } = sides(input, parameters);
        const isUp = less(drawUniforms(foldKey(key, 'side'), input.shape), probabilityUp(up, down));
        const scaled = where(isUp, up.scaled, down.scaled);
        const magnitude = sampleTruncatedNormal(scaled, key);
        return where(isUp, mul(magnitude, up.deviation), neg(mul(magnitude, down.deviation)));
      }),
    activation: (input, parameters) =>
      differentiable(
        input,
        (x) => meanState(x, parameters),
        (x) => varianceOfState(x, parameters),
      ),
    // Units start as Gaussian units of variance 1, whose mean is their input.
    inputForMean: (means) => means.slice(),
    initialParameters: (size) => ({
      logPrecisionUp: new Float32Array(size),
      logPrecisionDown: new Float32Array(size),
      gap: new Float32Array(size),
    }),
    parameterGradients: (state, parameters) =>
      tidy(() => {
        const { up, down } = precisions(parameters);
        const half = (side: Tensor2D, precision: Tensor): Tensor1D =>
          mul(average(square(rectify(side)), 0), mul(precision, -0.5));
        return {
          logPrecisionUp: half(state, up),
          logPrecisionDown: half(neg(state), down),
          gap: neg(average<Tensor1D>(abs<Tensor2D>(state), 0)),
        };
      }),
    parameterMoments: (input, parameters) =>
      tidy(() => {
        const { up, down } = sides(input, parameters);
        const share = probabilityUp(up, down);
        const other = probabilityUp(down, up);
        // γ⟨s²⟩ of a side is ⟨t²⟩ of its truncated normal t.
        const half = (part: Tensor2D, side: Side): Tensor1D =>
          mul(average(mul(part, secondMoment(side.scaled)), 0), -0.5);
        const first = (part: Tensor2D, side: Side): Tensor2D =>
          mul(part, mul(truncatedMean(side.scaled), side.deviation));
        return {
          logPrecisionUp: half(share, up),
          logPrecisionDown: half(other, down),
          gap: neg(average<Tensor1D>(add(first(share, up), first(other, down)), 0)),
        };
      }),
  });
}

function precisions(parameters: UnitParameters | undefined): Record<'up' | 'down' | 'gap', Tensor> {
  const { logPrecisionUp, logPrecisionDown, gap } = parameters!;
  return { up: exp(logPrecisionUp!), down: exp(logPrecisionDown!), gap: gap! };
}

function sides(x: Tensor2D, parameters: UnitParameters | undefined): Record<'up' | 'down', Side> {
  const { logPrecisionUp, logPrecisionDown, gap } = parameters!;
  const side = (toward: Tensor2D, logPrecision: Tensor1D): Side => {
    const deviation = exp(mul(logPrecision, -0.5));
    const scaled: Tensor2D = mul(sub(toward, gap!), deviation);
    return {
      scaled,
      deviation,
      logMass: sub(truncatedLogNormalizer(scaled), mul(logPrecision, 0.5)),
    };
  };
  return { up: side(x, logPrecisionUp!), down: side(neg(x), logPrecisionDown!) };
}

/** Returns the probability of the first of two sides. */
function probabilityUp(side: Side, other: Side): Tensor2D {
  return sigmoid(sub(side.logMass, other.logMass));
}

function meanState(x: Tensor2D, parameters: UnitParameters | undefined): Tensor2D {
  return tidy(() => {
    const { up, down } = sides(x, parameters);
    return sub<Tensor2D>(
      mul(probabilityUp(up, down), mul(truncatedMean(up.scaled), up.deviation)),
      mul(probabilityUp(down, up), mul(truncatedMean(down.scaled), down.deviation)),
    );
  });
}

/**
 * The variance from the sides' variances and the difference of their means: nothing cancels even if
 * one side has all the probability.
 */
function varianceOfState(x: Tensor2D, parameters: UnitParameters | undefined): Tensor2D {
  return tidy(() => {
    const { up, down } = sides(x, parameters);
    const [share, other] = [probabilityUp(up, down), probabilityUp(down, up)];
    const inner = (part: Tensor2D, { scaled, deviation }: Side): Tensor2D =>
      mul(part, mul(truncatedVariance(scaled), square(deviation)));
    const distance = add(
      mul(truncatedMean(up.scaled), up.deviation),
      mul(truncatedMean(down.scaled), down.deviation),
    );
    // Kept finite, so that a probability of 0 gives 0.
    const between = mul(mul(share, other), square(minimum(distance, FARTHEST)));
    return add(add(inner(share, up), inner(other, down)), between);
  });
}

/** Its square is still a finite float32. */
const FARTHEST = 1e18;

/** Returns ⟨t²⟩ of a truncated normal. */
function secondMoment(u: Tensor2D): Tensor2D {
  return tidy(() => add(truncatedVariance(u), square(truncatedMean(u))));
}

/** How settings, files and user interfaces describe this type. */
export const dreluType: UnitType = {
  type: 'drelu',
  label: 'double ReLU',
  about:
    'A real number with a truncated normal on each side of zero, whose widths and gap it learns.',
  formula: String.raw`E(s) = \tfrac{\gamma_+}{2} s_+^2 + \tfrac{\gamma_-}{2} s_-^2 + \Delta |s|`,
  source: 'Tubiana et al. 2019',
  options: {},
  examples: [{}],
  make: (options) => drelu(options as Record<string, never>),
};
