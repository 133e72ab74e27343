import {
  customGrad,
  mul,
  tidy,
  type GradSaveFunc,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { keepNaN, losesNaN } from './keep-nan.ts';

/**
 * Makes an elementwise function with its derivative, for tfjs's automatic differentiation.
 *
 * tfjs-core alone registers no gradients for its operations, so a unit brings its own. This also
 * takes fewer passes than going back through every operation of the function.
 */
export function differentiable(
  input: Tensor2D,
  value: (x: Tensor2D) => Tensor2D,
  derivative: (x: Tensor2D) => Tensor2D,
): Tensor2D {
  return withGradient(input, value, (dy, x) => mul(dy, derivative(x)));
}

/**
 * Makes a function with its vector-Jacobian product: `gradient(dy, x)` is the gradient at x for the
 * gradient dy at the value.
 *
 * @param group the number of neighboring units that depend on each other
 */
export function withGradient(
  input: Tensor2D,
  value: (x: Tensor2D) => Tensor2D,
  gradient: (dy: Tensor2D, x: Tensor2D) => Tensor2D,
  group = 1,
): Tensor2D {
  const forward = customGrad((x, save) => {
    (save as GradSaveFunc)([x as Tensor2D]);
    return {
      value:
        losesNaN() || group > 1
          ? tidy(() => keepNaN(x as Tensor2D, value(x as Tensor2D), group))
          : value(x as Tensor2D),
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => gradient(dy, saved[0] as Tensor2D),
    };
  });
  return forward(input);
}
