import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { adamUpdate, wholeGradient } from '@deepbelief/kernels';
import { add, div, mul, sqrt, square, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import type { Link } from './optimizer.ts';

/** Options of `adam`. */
export type AdamOptions = {
  /** Share of the mean gradient kept from step to step. Default 0.9. */
  readonly beta1?: number;
  /** The same for the mean squared gradient. Default 0.999. */
  readonly beta2?: number;
  /** ϵ, added to the root of the mean square. Default 1e-8. */
  readonly epsilon?: number;
};

/** A smaller ϵ does not keep float32 from dividing zero by zero when a gradient vanishes. */
const LEAST_EPSILON = 1e-20;

/**
 * Adam: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², and the step ε m̂ / (√ŝ + ϵ) with m̂ = m / (1 −
 * β₁ᵗ) and ŝ = s / (1 − β₂ᵗ) at step t counted from 1 (Kingma & Ba 2015, algorithm 1).
 *
 * @param where the function that receives the options, for errors
 * @throws RangeError if an option is unknown or out of range
 */
export function adam(options: AdamOptions = {}, where = 'adam'): Link {
  checkOptionNames(where, options, ['type', 'beta1', 'beta2', 'epsilon']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkNumber(where, 'beta1', beta1, { low: 0, high: 0.9999999 });
  checkNumber(where, 'beta2', beta2, { low: 0, high: 0.9999999 });
  checkNumber(where, 'epsilon', epsilon, { low: LEAST_EPSILON });

  // Kingma & Ba 2015, end of section 2: the two bias corrections folded into the step size.
  const corrected = (rate: number, step: number): { size: number; epsilon: number } => {
    const correction = Math.sqrt(1 - beta2 ** (step + 1));
    return {
      size: (rate * correction) / (1 - beta1 ** (step + 1)),
      epsilon: epsilon * correction,
    };
  };
  return {
    config: { type: 'adam', beta1, beta2, epsilon },
    isRule: true,
    start: ({ value }) => ({ first: zerosLike(value), second: zerosLike(value) }),
    turn: (direction, state, _parameter, { rate, step }) => {
      const at = corrected(rate, step);
      const first: Tensor = add(mul(state['first']!, beta1), mul(direction, 1 - beta1));
      const second: Tensor = add(mul(state['second']!, beta2), mul(square(direction), 1 - beta2));
      const moved: Tensor = mul(div(first, add(sqrt(second), at.epsilon)), at.size);
      return { direction: moved, state: { first, second } };
    },
    fused: (gradient, state, parameter, { rate, step, sense }, { l1, l2 }) => {
      if (l1 !== 0) return undefined;
      const at = corrected(rate, step);
      const whole = wholeGradient(gradient);
      const old = { parameter, first: state['first']!, second: state['second']! };
      // The kernel goes downhill.
      const sign = sense === 'down' ? 1 : -1;
      const settings = { ...at, size: sign * at.size, beta1, beta2, decay: sign * l2 };
      const { parameter: value, first, second } = adamUpdate(old, whole, settings);
      if (whole !== gradient) whole.dispose();
      return { value, state: { first, second } };
    },
  };
}
