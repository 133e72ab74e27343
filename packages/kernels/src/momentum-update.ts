import { argumentError, checkFloats, checkNumbers, shown } from '@deepbelief/checks';
import {
  add,
  matMul,
  mul,
  sign,
  sub,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkApart, checkFilled, type KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `momentumUpdate` in place.
 *
 * Inputs: `parameter` and `velocity`, changed in place, and either `gradient` of their shape or,
 * for matrices, `left` [k, rows] and `right` [k, columns], whose product leftᵀ · right is the
 * gradient. Attributes: `MomentumSettings`. No outputs.
 */
export const MOMENTUM_UPDATE_KERNEL = 'DeepbeliefMomentumUpdate';

/** How a parameter moves. */
export interface MomentumSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly l1: number;
  readonly l2: number;
}

/**
 * A gradient as a product leftᵀ · right. It is never formed if it can be added to the velocity
 * directly.
 */
export type Factors = {
  /** Shape [k, rows]. */
  readonly left: Tensor2D;
  /** Shape [k, columns]. */
  readonly right: Tensor2D;
};

/** Returns a gradient as one tensor: the product of its factors if it has any, else itself. */
export function wholeGradient<T extends Tensor>(gradient: T | Factors): T {
  return 'left' in gradient ? matMul<T>(gradient.left, gradient.right, true, false) : gradient;
}

/** A parameter and its velocity. */
export interface Moving<T extends Tensor> {
  readonly parameter: T;
  readonly velocity: T;
}

const WHERE = 'momentumUpdate';
const SETTINGS = ['rate', 'momentum', 'l1', 'l2'];

/** Throws a RangeError unless these are inputs and attributes of `momentumUpdate`. */
export function checkMomentumUpdate(inputs: KernelInputs, settings: object): void {
  const { parameter, velocity, gradient, left, right } = inputs;
  checkNumbers(WHERE, settings, SETTINGS);
  checkFilled(WHERE, 'parameter', parameter);
  const { shape } = parameter;
  checkFloats(WHERE, 'velocity', velocity, shape);
  if (left === undefined && right === undefined) {
    checkFloats(WHERE, 'gradient', gradient, shape);
  } else {
    if (gradient !== undefined || shape.length !== 2) {
      const found =
        gradient === undefined
          ? `for a parameter of shape [${shape.join(', ')}], expected a matrix`
          : 'beside a gradient, expected either';
      throw argumentError(`${WHERE}: left and right are given ${found}`);
    }
    checkFloats(WHERE, 'left', left, ['k', shape[0]!]);
    checkFloats(WHERE, 'right', right, [left.shape[0]!, shape[1]!]);
  }
  checkApart(WHERE, inputs, ['parameter', 'velocity']);
}

/**
 * One step of gradient ascent with momentum: velocity ← momentum · velocity + rate · (gradient − λ₁
 * sign(θ) − λ₂ θ), θ ← θ + velocity.
 *
 * If the backend has the fused kernel, both tensors are changed in place and returned. Otherwise
 * new ones are returned and the old ones stay as they were. To keep the old values, make a copy
 * with its own memory.
 *
 * @throws RangeError if a shape does not fit the parameter's, a setting is not a finite number, or
 *   parameter or velocity is not float32 or is given twice
 */
export function momentumUpdate<T extends Tensor>(
  { parameter, velocity }: Moving<T>,
  gradient: T | Factors,
  settings: MomentumSettings,
): Moving<T> {
  if (typeof gradient !== 'object' || gradient === null) {
    throw argumentError(
      `${WHERE}: gradient is ${shown(gradient)}, expected a tensor or its factors left and right`,
    );
  }
  const ascent = 'left' in gradient ? { left: gradient.left, right: gradient.right } : { gradient };
  return withFloats<Readonly<Record<string, Tensor>>, Moving<T>>(ascent, (floats) => {
    const inputs = { parameter, velocity, ...floats };
    checkMomentumUpdate(inputs, settings);
    if (runKernel(MOMENTUM_UPDATE_KERNEL, inputs, settings)) return { parameter, velocity };
    return tidy(() => {
      const { rate, momentum, l1, l2 } = settings;
      const whole = (floats.gradient ?? matMul(floats.left!, floats.right!, true, false)) as T;
      let next = add<T>(mul<T>(velocity, momentum), mul<T>(whole, rate));
      if (l2 !== 0) next = sub<T>(next, mul<T>(parameter, rate * l2));
      if (l1 !== 0) next = sub<T>(next, mul<T>(sign<T>(parameter), rate * l1));
      return { parameter: add<T>(parameter, next), velocity: next };
    });
  });
}
