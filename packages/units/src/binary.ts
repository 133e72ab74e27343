import { cast, less, mul, neg, sigmoid, step, sum, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { countStates } from './count-states.ts';
import { differentiable } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import { clippedLogit } from './input-for-mean.ts';
import { checkOptions } from '@deepbelief/checks';
import { softplus } from './softplus.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/**
 * Binary units, s ∈ {0, 1} with E(s) = 0: P(s = 1|x) = σ(x), Γ(x) = log(1 + eˣ), variance
 * σ(x)σ(−x).
 *
 * Source: P. Smolensky, "Information processing in dynamical systems" (1986), where they are the
 * units of the harmonium.
 *
 * @throws RangeError for any option; there are none
 */
export function binary(options: Readonly<Record<string, never>> = {}): Units {
  checkOptions('binary', options, binaryType.options);
  const mean = (input: Tensor2D): Tensor2D => sigmoid(input);
  const variance = (input: Tensor2D): Tensor2D =>
    tidy(() => mul(sigmoid(input), sigmoid(neg(input))));
  return checkedUnits({
    config: { type: 'binary' },
    exact: true,
    range: { low: 0, high: 1 },
    reconstruction: 'sample',
    states: countStates(1),
    energy: (state) => zeros([state.shape[0]]),
    logNormalizer: (input) => tidy(() => sum(softplus(input), 1)),
    mean,
    variance,
    mode: (input) => step(input),
    sample: (input, key) =>
      tidy(() => cast(less(drawUniforms(key, input.shape), sigmoid(input)), 'float32')),
    activation: (input) => differentiable(input, mean, variance),
    inputForMean: (means) => means.map(clippedLogit),
  });
}

/** How settings, files and user interfaces describe this type. */
export const binaryType: UnitType = {
  type: 'binary',
  label: 'binary',
  about: 'On or off: the input only decides how likely it is on.',
  formula: String.raw`P(s{=}1\mid x) = \sigma(x)`,
  source: 'Smolensky 1986',
  options: {},
  examples: [{}],
  make: (options) => binary(options as Record<string, never>),
};
