import { adamUpdate, momentumUpdate, type Factors } from '@deepbelief/kernels';
import { keep, matMul, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import {
  resolveOptimizerOptions,
  type OptimizerOptions,
  type ResolvedOptimizerOptions,
} from './optimizer-options.ts';

/** A parameter after a step and its memory of the gradients until then, by name. */
export interface OptimizerStep<T extends Tensor> {
  readonly parameter: T;
  readonly memory: Readonly<Record<string, Tensor>>;
}

/** A rule of gradient descent: (parameter, memory, gradient) → (parameter, memory). */
export interface Optimizer {
  /** Memory before the first step. */
  start(parameter: Tensor): Record<string, Tensor>;
  /**
   * Takes the parameter and its memory over: where the backend can, they are changed in place and
   * returned; where new tensors take their place, the old ones are disposed and the new ones kept
   * beyond tidies.
   *
   * @param gradient whole, or as factors for a matrix; not disposed
   * @param rate step size
   * @param step steps done before this one
   * @param decay λ₂ of a weight penalty λ₂/2 Σθ², which is added to the gradient; default 0
   */
  update<T extends Tensor>(
    parameter: T,
    memory: Readonly<Record<string, Tensor>>,
    gradient: T | Factors,
    rate: number,
    step: number,
    decay?: number,
  ): OptimizerStep<T>;
}

/**
 * The rule for given options, with rate ε and gradient g, at step t counted from 1.
 *
 * - SGD with momentum μ: v ← μv − εg, θ ← θ + v.
 * - Adam: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − ε m̂ / (√ŝ + ϵ) with m̂ = m / (1 −
 *   β₁ᵗ) and ŝ = s / (1 − β₂ᵗ) (Kingma & Ba 2015, algorithm 1).
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
    update: <T extends Tensor>(
      parameter: T,
      memory: Readonly<Record<string, Tensor>>,
      gradient: T | Factors,
      rate: number,
      _step: number,
      decay = 0,
    ) => {
      const old = { parameter, velocity: memory['velocity'] as T };
      // Descent is ascent at a negative rate, which turns the sign of the penalty too.
      const moved = momentumUpdate(old, gradient, { rate: -rate, momentum, l1: 0, l2: -decay });
      replaceEach(old, moved);
      return { parameter: moved.parameter, memory: { velocity: moved.velocity } };
    },
  };
}

function adam({
  beta1,
  beta2,
  epsilon,
}: Extract<ResolvedOptimizerOptions, { type: 'adam' }>): Optimizer {
  return {
    start: (parameter) => ({ first: zerosLike(parameter), second: zerosLike(parameter) }),
    update: <T extends Tensor>(
      parameter: T,
      memory: Readonly<Record<string, Tensor>>,
      gradient: T | Factors,
      rate: number,
      step: number,
      decay = 0,
    ) => {
      // Kingma & Ba 2015, end of section 2: the two bias corrections folded into the step size.
      const correction = Math.sqrt(1 - beta2 ** (step + 1));
      const size = (rate * correction) / (1 - beta1 ** (step + 1));
      const old = { parameter, first: memory['first'] as T, second: memory['second'] as T };
      const whole =
        'left' in gradient ? matMul<T>(gradient.left, gradient.right, true, false) : gradient;
      const moved = adamUpdate(old, whole, {
        size,
        epsilon: epsilon * correction,
        beta1,
        beta2,
        decay,
      });
      if (whole !== gradient) whole.dispose();
      replaceEach(old, moved);
      return { parameter: moved.parameter, memory: { first: moved.first, second: moved.second } };
    },
  };
}

/** Keeps the new tensors beyond tidies and disposes those that they replace. */
function replaceEach<K extends string>(
  old: Readonly<Record<K, Tensor>>,
  moved: Readonly<Record<K, Tensor>>,
): void {
  for (const name of Object.keys(old) as K[]) {
    if (moved[name] === old[name]) continue;
    old[name].dispose();
    keep(moved[name]);
  }
}
