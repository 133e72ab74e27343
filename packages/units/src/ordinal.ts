import { checkOptions, flag, wholeNumber } from '@deepbelief/checks';
import {
  abs,
  clipByValue,
  mean as average,
  mul,
  relu,
  sub,
  sum,
  tidy,
  zerosLike,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { countStates } from './count-states.ts';
import { differentiable } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import {
  levelsAverage,
  inputForLevels,
  levelsLogNormalizer,
  levelsMode,
  levelsSample,
  levelsVariance,
  type Levels,
} from './levels.ts';
import type { UnitOptions, UnitType } from './unit-type.ts';
import type { ParameterBounds, UnitParameters, Units } from './units.ts';

/** Options of `ordinal`. */
export interface OrdinalOptions {
  /** The number K of levels, 2 to 256: states are 0, 1, … K − 1. */
  readonly levels: number;
  /**
   * Whether each unit learns how likely its levels are, through the parameters `level2`, …
   * `level{K−1}`. Default true.
   */
  readonly learnLevels?: boolean;
}

/** Odds of e²⁰ between neighboring levels are practically certainty. */
const LEVEL: ParameterBounds = { low: -20, high: 20, largestStep: 0.5 };

/**
 * Ordinal units, grades such as bad, fair, good: s ∈ {0, …, K − 1} with E(s) = −c_s, where c₀ =
 * c₁ = 0 and each unit learns the others. P(s|x) ∝ exp(xs + c_s), so that the log-odds of
 * neighboring levels, log P(s)/P(s − 1) = x + c_s − c_{s−1}, all move with the input: the
 * adjacent-category model. The layer's bias is the log-odds of the first step. E is interpolated
 * linearly between levels.
 *
 * Source: A. Agresti, "Analysis of ordinal categorical data" (2010), section 4.1.
 *
 * @throws RangeError if an option is unknown, missing or out of range; functions also throw it
 *   if called without the levels' parameters
 */
export function ordinal(options: OrdinalOptions): Units {
  checkOptions('ordinal', options, ordinalType.options);
  const { levels: count, learnLevels = true } = options;
  const most = count - 1;
  const learned = learnLevels ? Array.from({ length: most - 1 }, (_, i) => i + 2) : [];
  const nameOf = (level: number): string => `level${level}`;
  const levelsOf = (parameters: UnitParameters | undefined): Levels => ({
    most,
    weight: (s) => (learnLevels && s > 1 ? parameters![nameOf(s)]! : 0),
  });
  const mean = (input: Tensor2D, parameters?: UnitParameters): Tensor2D =>
    levelsAverage(input, levelsOf(parameters), (s) => s);
  const variance = (input: Tensor2D, parameters?: UnitParameters): Tensor2D =>
    tidy(() => levelsVariance(input, levelsOf(parameters), mean(input, parameters)));
  const ofEach = <T>(make: (level: number) => T): Record<string, T> =>
    Object.fromEntries(learned.map((level) => [nameOf(level), make(level)]));

  return checkedUnits({
    config: { type: 'ordinal', levels: count, learnLevels },
    exact: true,
    range: { low: 0, high: most },
    reconstruction: 'sample',
    states: countStates(most),
    parameterBounds: ofEach(() => LEVEL),
    energy: (state, parameters) =>
      tidy(() => {
        const found = learned.reduce<Tensor2D>(
          (energy, level) =>
            sub(energy, mul(share(state, level, most), parameters![nameOf(level)]!)),
          zerosLike(state),
        );
        return sum<Tensor1D>(found, 1);
      }),
    logNormalizer: (input, parameters) =>
      tidy(() => sum<Tensor1D>(levelsLogNormalizer(input, levelsOf(parameters)), 1)),
    mean,
    variance,
    mode: (input, parameters) => levelsMode(input, levelsOf(parameters)),
    sample: (input, key, parameters) =>
      tidy(() => levelsSample(input, levelsOf(parameters), drawUniforms(key, input.shape))),
    activation: (input, parameters) =>
      differentiable(
        input,
        (x) => mean(x, parameters),
        (x) => variance(x, parameters),
      ),
    // At the start, when all levels have the same energy.
    inputForMean: (means) => means.map((value) => inputForLevels(value, most, () => 0)),
    initialParameters: (size) => ofEach(() => new Float32Array(size)),
    parameterGradients: (state) =>
      tidy(() => ofEach((level) => average<Tensor1D>(share(state, level, most), 0))),
    parameterMoments: (input, parameters) =>
      tidy(() =>
        ofEach((level) =>
          average<Tensor1D>(
            levelsAverage(input, levelsOf(parameters), (s) => (s === level ? 1 : 0)),
            0,
          ),
        ),
      ),
  });
}

/** How settings, files and user interfaces describe this type. */
export const ordinalType: UnitType = {
  type: 'ordinal',
  label: 'ordinal',
  about: 'One of several ordered grades, such as bad, fair and good, with learned odds.',
  formula: String.raw`P(s\mid x) \propto e^{xs + c_s},\quad s \in \{0, \dots, K-1\}`,
  source: 'Agresti 2010, 4.1',
  options: {
    levels: { about: 'How many grades there are.', ...wholeNumber(2, 256, false) },
    learnLevels: { about: 'Whether each unit learns how likely its grades are.', ...flag },
  },
  examples: [{ levels: 4 }, { levels: 3, learnLevels: false }],
  make: (options) => ordinal(options as UnitOptions & OrdinalOptions),
};

/**
 * Returns how much of a level is in a state: 1 at that level, 0 at all others, linear in between.
 */
function share(state: Tensor2D, level: number, most: number): Tensor2D {
  return tidy(() => relu(sub(1, abs(sub(clipByValue(state, 0, most), level)))));
}
