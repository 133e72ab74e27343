import { add, matMul, mul, sign, sub, tidy, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from './run-kernel.ts';

/**
 * Name of the kernel that computes `momentumUpdate` in place.
 *
 * Inputs: `parameter` and `velocity`, changed in place, and either `gradient` of their shape or, for matrices,
 * `left` [k, rows] and `right` [k, columns], whose product leftᵀ · right is the gradient. Attributes:
 * `MomentumSettings`. No outputs.
 */
export const MOMENTUM_UPDATE_KERNEL = 'DeepbeliefMomentumUpdate';

/** How a parameter moves. */
export interface MomentumSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly l1: number;
  readonly l2: number;
}

/** A gradient as a product leftᵀ · right, which is never formed where it can be added to the velocity at once. */
export type Factors = {
  /** Shape [k, rows]. */
  readonly left: Tensor2D;
  /** Shape [k, columns]. */
  readonly right: Tensor2D;
};

/** A parameter and its velocity. */
export interface Moving<T extends Tensor> {
  readonly parameter: T;
  readonly velocity: T;
}

/**
 * One step of gradient ascent with momentum: velocity ← momentum · velocity + rate · (gradient − λ₁ sign(θ) − λ₂ θ),
 * θ ← θ + velocity.
 *
 * Where the backend has the fused kernel, both tensors are changed in place and returned; else new ones are, and the
 * old ones left as they were. Whoever needs the old values keeps a copy with bytes of its own.
 */
export function momentumUpdate<T extends Tensor>(
  { parameter, velocity }: Moving<T>,
  gradient: T | Factors,
  settings: MomentumSettings,
): Moving<T> {
  const ascent = 'left' in gradient ? { left: gradient.left, right: gradient.right } : { gradient };
  if (runKernel(MOMENTUM_UPDATE_KERNEL, { parameter, velocity, ...ascent }, settings)) return { parameter, velocity };
  return tidy(() => {
    const { rate, momentum, l1, l2 } = settings;
    const whole = 'left' in gradient ? matMul<T>(gradient.left, gradient.right, true, false) : gradient;
    let next = add<T>(mul<T>(velocity, momentum), mul<T>(whole, rate));
    if (l2 !== 0) next = sub<T>(next, mul<T>(parameter, rate * l2));
    if (l1 !== 0) next = sub<T>(next, mul<T>(sign<T>(parameter), rate * l1));
    return { parameter: add<T>(parameter, next), velocity: next };
  });
}
