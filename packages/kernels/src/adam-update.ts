import { checkFloats, checkNumbers } from '@deepbelief/checks';
import { add, div, mul, sqrt, square, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { checkApart, checkFilled, type KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `adamUpdate` in place.
 *
 * Inputs: `parameter`, `first` and `second`, changed in place, and `gradient`, all of one shape.
 * Attributes: `AdamSettings`. No outputs.
 */
export const ADAM_UPDATE_KERNEL = 'DeepbeliefAdamUpdate';

/** How a parameter moves: step size and ϵ include the bias corrections. */
export interface AdamSettings {
  readonly size: number;
  readonly epsilon: number;
  readonly beta1: number;
  readonly beta2: number;
  /** λ₂ of a weight penalty λ₂/2 Σθ², which is added to the gradient. */
  readonly decay: number;
}

/** A parameter and its two moments. */
export interface AdamMoving<T extends Tensor> {
  readonly parameter: T;
  readonly first: T;
  readonly second: T;
}

const WHERE = 'adamUpdate';
const SETTINGS = ['size', 'epsilon', 'beta1', 'beta2', 'decay'];

/** Throws a RangeError unless these are inputs and attributes of `adamUpdate`. */
export function checkAdamUpdate(inputs: KernelInputs, settings: object): void {
  const { parameter, first, second, gradient } = inputs;
  checkNumbers(WHERE, settings, SETTINGS);
  checkFilled(WHERE, 'parameter', parameter);
  const { shape } = parameter;
  checkFloats(WHERE, 'first', first, shape);
  checkFloats(WHERE, 'second', second, shape);
  checkFloats(WHERE, 'gradient', gradient, shape);
  checkApart(WHERE, inputs, ['parameter', 'first', 'second']);
}

/**
 * One step of Adam's descent, with g = gradient + decay · θ: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 −
 * β₂)g², θ ← θ − size · m / (√s + ϵ) (Kingma & Ba 2015, algorithm 1 with the end of section 2).
 *
 * Works in place if the backend has the fused kernel, like `momentumUpdate`.
 *
 * @throws RangeError if the shapes differ, a setting is not a finite number, or a tensor to change
 *   in place is not float32 or is given twice
 */
export function adamUpdate<T extends Tensor>(
  { parameter, first, second }: AdamMoving<T>,
  gradient: T,
  settings: AdamSettings,
): AdamMoving<T> {
  return withFloats({ gradient }, (floats) => {
    const inputs = { parameter, first, second, ...floats };
    checkAdamUpdate(inputs, settings);
    if (runKernel(ADAM_UPDATE_KERNEL, inputs, settings)) return { parameter, first, second };
    return tidy(() => {
      const { size, epsilon, beta1, beta2, decay } = settings;
      const descent =
        decay === 0 ? floats.gradient : add<T>(floats.gradient, mul(parameter, decay));
      const m = add<T>(mul(first, beta1), mul(descent, 1 - beta1));
      const s = add<T>(mul(second, beta2), mul(square(descent), 1 - beta2));
      const moved = sub<T>(parameter, mul(div(m, add(sqrt(s), epsilon)), size));
      return { parameter: moved, first: m, second: s };
    });
  });
}
