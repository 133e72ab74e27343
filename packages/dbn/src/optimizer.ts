import { momentumUpdate } from '@deepbelief/rbm';
import { add, div, mul, sqrt, square, sub, tidy, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { resolveOptimizerOptions, type OptimizerOptions, type ResolvedOptimizerOptions } from './optimizer-options.ts';

/** A parameter after a step and its memory of the gradients until then, by name. */
export interface OptimizerStep<T extends Tensor> {
  readonly parameter: T;
  readonly memory: Readonly<Record<string, Tensor>>;
}

/** A pure rule (parameter, memory, gradient) → (parameter, memory) of gradient descent; it disposes none of them. */
export interface Optimizer {
  /** Memory before the first step. */
  start(parameter: Tensor): Record<string, Tensor>;
  /**
   * @param rate step size
   * @param step steps done before this one
   */
  update<T extends Tensor>(
    parameter: T,
    memory: Readonly<Record<string, Tensor>>,
    gradient: T,
    rate: number,
    step: number,
  ): OptimizerStep<T>;
}

/**
 * The rule for given options, with rate ε and gradient g, at step t counted from 1.
 *
 * - SGD with momentum μ: v ← μv − εg, θ ← θ + v.
 * - Adam: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − ε m̂ / (√ŝ + ϵ) with m̂ = m / (1 − β₁ᵗ) and
 *   ŝ = s / (1 − β₂ᵗ) (Kingma & Ba 2015, algorithm 1).
 *
 * @throws RangeError when an option is out of range
 */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  const resolved = resolveOptimizerOptions(options);
  return resolved.type === 'sgd' ? sgd(resolved) : adam(resolved);
}

function sgd({ momentum }: Extract<ResolvedOptimizerOptions, { type: 'sgd' }>): Optimizer {
  return {
    start: (parameter) => ({ velocity: zerosLike(parameter) }),
    update: (parameter, memory, gradient, rate) => {
      const moved = momentumUpdate(parameter, memory['velocity'] as typeof parameter, gradient, {
        rate: -rate,
        momentum,
        l1: 0,
        l2: 0,
      });
      return { parameter: moved.parameter, memory: { velocity: moved.velocity } };
    },
  };
}

function adam({ beta1, beta2, epsilon }: Extract<ResolvedOptimizerOptions, { type: 'adam' }>): Optimizer {
  return {
    start: (parameter) => ({ first: zerosLike(parameter), second: zerosLike(parameter) }),
    update: <T extends Tensor>(
      parameter: T,
      memory: Readonly<Record<string, Tensor>>,
      gradient: T,
      rate: number,
      step: number,
    ) =>
      tidy(() => {
        const first = add(mul(memory['first']!, beta1), mul(gradient, 1 - beta1));
        const second = add(mul(memory['second']!, beta2), mul(square(gradient), 1 - beta2));
        // Kingma & Ba 2015, end of section 2: the two bias corrections folded into the step size.
        const correction = Math.sqrt(1 - beta2 ** (step + 1));
        const size = (rate * correction) / (1 - beta1 ** (step + 1));
        const direction = div(first, add(sqrt(second), epsilon * correction));
        return { parameter: sub<T>(parameter, mul(direction, size)), memory: { first, second } };
      }),
  };
}
