import { checkOptions, wholeNumber } from '@deepbelief/checks';
import { sum, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { interpolate } from './copies.ts';
import { countStates } from './count-states.ts';
import { differentiable } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import {
  inputForLevels,
  levelsAverage,
  levelsLogNormalizer,
  levelsMode,
  levelsSample,
  levelsVariance,
  type Levels,
} from './levels.ts';
import type { UnitOptions, UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/** Options of `poisson`. */
export interface PoissonOptions {
  /** The largest count N, 1 to 1024. Each function makes one or two passes per count. */
  readonly most: number;
}

/**
 * Poisson units, truncated: counts s ∈ {0, …, N} with E(s) = log s!, so that P(s|x) ∝ e^{xs}/s!
 * is the Poisson distribution of rate eˣ given that s ≤ N. Γ(x) = log Σ_{s ≤ N} e^{xs}/s! is
 * finite for every input, and so is the partition function of an RBM whose other layer is
 * bounded; without the truncation Γ is eˣ, which overflows. E is interpolated linearly between
 * counts.
 *
 * Source: P. Gehler, A. Holub & M. Welling, "The rate adapting Poisson model for information
 * retrieval and object recognition" (2006), where counts have no bound.
 *
 * @throws RangeError if an option is unknown, missing or out of range
 */
export function poisson(options: PoissonOptions): Units {
  checkOptions('poisson', options, poissonType.options);
  const { most } = options;
  const energies = logFactorials(most);
  const levels: Levels = { most, weight: (s) => -energies[s]! };
  const mean = (input: Tensor2D): Tensor2D => levelsAverage(input, levels, (s) => s);
  const variance = (input: Tensor2D): Tensor2D =>
    tidy(() => levelsVariance(input, levels, mean(input)));
  return checkedUnits({
    config: { type: 'poisson', most },
    exact: true,
    range: { low: 0, high: most },
    reconstruction: 'sample',
    states: countStates(most),
    energy: (state) => tidy(() => sum<Tensor1D>(interpolate(energies, state), 1)),
    logNormalizer: (input) => tidy(() => sum<Tensor1D>(levelsLogNormalizer(input, levels), 1)),
    mean,
    variance,
    mode: (input) => levelsMode(input, levels),
    sample: (input, key) => tidy(() => levelsSample(input, levels, drawUniforms(key, input.shape))),
    activation: (input) => differentiable(input, mean, variance),
    inputForMean: (means) =>
      means.map((value) => inputForLevels(value, most, (s) => -energies[s]!)),
  });
}

/** How settings, files and user interfaces describe this type. */
export const poissonType: UnitType = {
  type: 'poisson',
  label: 'Poisson',
  about: 'A count, of words or events, that has no natural limit; here up to a limit that you set.',
  formula: String.raw`P(s\mid x) \propto e^{xs} / s!,\quad s \le N`,
  source: 'Gehler et al. 2006',
  options: { most: { about: 'The largest count.', ...wholeNumber(1, 1024, false) } },
  examples: [{ most: 8 }],
  make: (options) => poisson(options as UnitOptions & PoissonOptions),
};

function logFactorials(most: number): number[] {
  const logs = [0];
  for (let s = 1; s <= most; s++) logs.push(logs[s - 1]! + Math.log(s));
  return logs;
}
