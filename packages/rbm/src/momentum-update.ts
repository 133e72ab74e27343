import { add, mul, sign, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** How a parameter moves. */
export interface MomentumSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly l1: number;
  readonly l2: number;
}

/**
 * One step of gradient ascent with momentum: velocity ← momentum · velocity + rate · (gradient − λ₁ sign(θ) − λ₂ θ),
 * θ ← θ + velocity. Returns new tensors and disposes none.
 */
export function momentumUpdate<T extends Tensor>(
  parameter: T,
  velocity: T,
  gradient: T,
  settings: MomentumSettings,
): { parameter: T; velocity: T } {
  return tidy(() => {
    const { rate, momentum, l1, l2 } = settings;
    let next = add<T>(mul<T>(velocity, momentum), mul<T>(gradient, rate));
    if (l2 > 0) next = sub<T>(next, mul<T>(parameter, rate * l2));
    if (l1 > 0) next = sub<T>(next, mul<T>(sign<T>(parameter), rate * l1));
    return { parameter: add<T>(parameter, next), velocity: next };
  });
}
