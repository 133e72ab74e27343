import { abs, add, exp, mul, neg, relu, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { fitPolynomial, polynomial, type Polynomial } from './polynomial.ts';

/** log(1 + e)/e for e in [0, 1]. */
export const LOG_SUM: Polynomial = /* @__PURE__ */ fitPolynomial((e) => Math.log1p(e) / e, 10);

/**
 * softplus(x) = log(1 + exp(x)) = max(0, x) + log(1 + exp(-|x|)), to 5e-7 relative for every x.
 *
 * On some backends, tfjs's own softplus computes 1 + exp(x) in float32 and loses all digits below
 * -14.
 */
export function softplus(x: Tensor2D): Tensor2D {
  return tidy(() => add(relu(x), softplusOfNegative(abs(x))));
}

/** softplus(-y) for y >= 0. */
export function softplusOfNegative(y: Tensor2D): Tensor2D {
  return tidy(() => {
    const e: Tensor2D = exp(neg(y));
    return mul(e, polynomial(e, LOG_SUM));
  });
}
