import { momentumUpdate } from '@deepbelief/rbm';
import { add, div, mul, sqrt, square, sub, tidy, zerosLike, type Tensor } from '@tensorflow/tfjs-core';

/** How fine-tuning turns gradients into steps. */
export type OptimizerOptions =
  /** Stochastic gradient descent with momentum, default 0.9. */
  | { readonly type: 'sgd'; readonly momentum?: number }
  /** Adam (Kingma & Ba 2015), defaults 0.9, 0.999, 1e-8. */
  | { readonly type: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number };

/** A parameter, its memory of earlier gradients, by name. */
export interface OptimizerStep<T extends Tensor> {
  readonly parameter: T;
  readonly memory: Readonly<Record<string, Tensor>>;
}

/** A pure rule (parameter, memory, gradient) → (parameter, memory) of gradient descent. */
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

/** The rule for given options. */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  return options.type === 'sgd' ? sgd(options) : adam(options);
}

function sgd({ momentum = 0.9 }: { readonly momentum?: number }): Optimizer {
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

function adam(options: { readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
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
