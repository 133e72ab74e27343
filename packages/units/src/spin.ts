import {
  abs,
  add,
  cast,
  less,
  mul,
  neg,
  sigmoid,
  step,
  sub,
  sum,
  tanh,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import { clippedLogit } from './input-for-mean.ts';
import { checkOptions } from '@deepbelief/checks';
import { softplusOfNegative } from './softplus.ts';
import type { UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/**
 * Spins, s ∈ {−1, 1} with E(s) = 0: P(s = 1|x) = σ(2x), mean tanh(x), variance 1 − tanh²(x) =
 * 4σ(2x)σ(−2x), Γ(x) = log(2 cosh x) = |x| + log(1 + e^{−2|x|}).
 *
 * Source: E. Ising, "Beitrag zur Theorie des Ferromagnetismus" (1925).
 *
 * @throws RangeError for any option; there are none
 */
export function spin(options: Readonly<Record<string, never>> = {}): Units {
  checkOptions('spin', options, spinType.options);
  const mean = (input: Tensor2D): Tensor2D => tanh(input);
  const variance = (input: Tensor2D): Tensor2D =>
    tidy(() => {
      const doubled: Tensor2D = mul(input, 2);
      return mul(mul(sigmoid(doubled), sigmoid(neg(doubled))), 4);
    });
  return checkedUnits({
    config: { type: 'spin' },
    exact: true,
    range: { low: -1, high: 1 },
    reconstruction: 'sample',
    states: {
      count: 2,
      write: (row, offset, state) => {
        row[offset] = 2 * state - 1;
      },
    },
    energy: (state) => zeros([state.shape[0]]),
    logNormalizer: (input) =>
      tidy(() => sum(add(abs(input), softplusOfNegative(mul(abs(input), 2))), 1)),
    mean,
    variance,
    mode: (input) => tidy(() => sub(mul(step(input), 2), 1)),
    sample: (input, key) =>
      tidy(() => {
        const up = cast(less(drawUniforms(key, input.shape), sigmoid(mul(input, 2))), 'float32');
        return sub(mul(up, 2), 1);
      }),
    activation: (input) => differentiable(input, mean, variance),
    inputForMean: (means) => means.map((value) => clippedLogit((1 + value) / 2) / 2),
  });
}

/** How settings, files and user interfaces describe this type. */
export const spinType: UnitType = {
  type: 'spin',
  label: '±1 spin',
  about: 'Minus one or plus one: a binary unit that is never silent.',
  formula: String.raw`P(s{=}1\mid x) = \sigma(2x),\quad s \in \{-1, 1\}`,
  source: 'Ising 1925',
  options: {},
  examples: [{}],
  make: (options) => spin(options as Record<string, never>),
};
