import { floor, minimum, mul, neg, sigmoid, sum, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { countCopies, interpolate, MOST_COPIES } from './copies.ts';
import { checkedUnits } from './checked-units.ts';
import { countStates } from './count-states.ts';
import { differentiable } from './differentiable.ts';
import { clippedLogit } from './input-for-mean.ts';
import { checkOptions, wholeNumber } from '@deepbelief/checks';
import { softplus } from './softplus.ts';
import type { UnitOptions, UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/** Options of `binomial`. */
export interface BinomialOptions {
  /** Binary copies per unit, 1 to 4096. Sampling takes one pass per copy. */
  readonly copies: number;
}

/**
 * Binomial (rate-coded) units, where s ∈ {0, …, N} counts N binary copies that share an input: E(s)
 * = −log C(N, s), mean Nσ(x), variance Nσ(x)σ(−x), Γ(x) = N log(1 + eˣ). E is interpolated linearly
 * between counts.
 *
 * Source: Y. W. Teh, G. Hinton, "Rate-coded restricted Boltzmann machines for face recognition"
 * (2001).
 *
 * @throws RangeError if an option is unknown, missing or out of range
 */
export function binomial(options: BinomialOptions): Units {
  checkOptions('binomial', options, binomialType.options);
  const { copies } = options;
  const energies = countEnergies(copies);
  const mean = (input: Tensor2D): Tensor2D => tidy(() => mul(sigmoid(input), copies));
  const variance = (input: Tensor2D): Tensor2D =>
    tidy(() => mul(mul(sigmoid(input), sigmoid(neg(input))), copies));
  return checkedUnits({
    config: { type: 'binomial', copies },
    exact: true,
    range: { low: 0, high: copies },
    reconstruction: 'sample',
    states: countStates(copies),
    energy: (state) => tidy(() => sum(interpolate(energies, state), 1)),
    logNormalizer: (input) => tidy(() => mul(sum(softplus(input), 1), copies)),
    mean,
    variance,
    mode: (input) => tidy(() => minimum(floor(mul(sigmoid(input), copies + 1)), copies)),
    sample: (input, key) =>
      tidy(() => {
        const p = sigmoid(input);
        return countCopies(key, copies, () => p);
      }),
    activation: (input) => differentiable(input, mean, variance),
    inputForMean: (means) => means.map((value) => clippedLogit(value / copies)),
  });
}

/** How settings, files and user interfaces describe this type. */
export const binomialType: UnitType = {
  type: 'binomial',
  label: 'binomial',
  about: 'Several binary copies with the same weights and bias; how many are on is a firing rate.',
  formula: String.raw`s \sim \mathrm{Binomial}(N, \sigma(x))`,
  source: 'Teh & Hinton 2001',
  options: {
    copies: {
      about: 'How many binary copies a unit has. Sampling takes one pass per copy.',
      ...wholeNumber(1, MOST_COPIES, false),
    },
  },
  examples: [{ copies: 8 }, { copies: 5 }],
  make: (options) => binomial(options as UnitOptions & BinomialOptions),
};

/** −log C(copies, s) for s = 0 … copies. */
function countEnergies(copies: number): number[] {
  const energies = [0];
  for (let s = 1; s <= copies; s++)
    energies.push(energies[s - 1]! - Math.log((copies - s + 1) / s));
  return energies;
}
