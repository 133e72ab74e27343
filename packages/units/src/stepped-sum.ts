import {
  abs,
  add,
  exp,
  greater,
  mul,
  neg,
  relu,
  square,
  sub,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { fitPolynomial, polynomial, polynomialAt, type Polynomial } from './polynomial.ts';

/*
 * Sums over infinitely many binary copies with biases −½, −3/2, −5/2, …:
 *
 *   Γ(x) = Σ_{i≥1} softplus(x − i + ½),  its mean m = Γ′ = Σ σ(x − i + ½) and variance v = Γ″.
 *
 * For x ≤ 0 they converge like a geometric series and are smooth functions of e = exp(x), fitted
 * below. For x > 0, Poisson summation over all integers i reflects them:
 *
 *   m(x) = x + m(−x),  v(x) = 1 − v(−x),  Γ(x) = x²/2 + 2Γ(0) − Γ(−x)
 *
 * up to an oscillation of at most 4π exp(−2π²) = 3.4e-8 in m and 2.1e-7 in v, which is below
 * float32.
 */
const TERMS = 45; // e^{-45} is 3e-20

/** Σ over the copies of f(aᵢ e)/e with aᵢ = exp(½ − i), for 0 < e ≤ 1, as a polynomial in e. */
function fitCopies(f: (odds: number) => number, degree: number): Polynomial {
  return fitPolynomial((e) => {
    let sum = 0;
    for (let i = TERMS; i >= 1; i--) sum += f(Math.exp(0.5 - i) * e);
    return sum / e;
  }, degree);
}
const LOG_NORMALISER: Polynomial = /* @__PURE__ */ fitCopies(Math.log1p, 8);
export const STEPPED_MEAN: Polynomial = /* @__PURE__ */ fitCopies((odds) => odds / (1 + odds), 9);
const VARIANCE: Polynomial = /* @__PURE__ */ fitCopies((odds) => odds / (1 + odds) ** 2, 10);

/** 2Γ(0). */
const WHOLE: number = /* @__PURE__ */ 2 * polynomialAt(1, LOG_NORMALISER);

/** e·P(e) for e = exp(−|x|): the value at −|x|. */
function below(x: Tensor2D, coefficients: Polynomial): Tensor2D {
  return tidy(() => {
    const e: Tensor2D = exp(neg(abs(x)));
    return mul(e, polynomial(e, coefficients));
  });
}

/** m(−|x|) = m(x) − max(0, x). */
export function steppedMeanExcess(x: Tensor2D): Tensor2D {
  return below(x, STEPPED_MEAN);
}

/** v(x) minus the step from 0 to 1 at x = 0: v(x) for x ≤ 0, v(x) − 1 for x > 0. */
export function steppedVarianceExcess(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const value = below(x, VARIANCE);
    return where(greater(x, 0), neg(value), value);
  });
}

/** Γ(x) − max(0, x)²/2. */
export function steppedLogNormalizerExcess(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const value = below(x, LOG_NORMALISER);
    return where(greater(x, 0), sub(WHOLE, value), value);
  });
}

/** Γ(x) for infinitely many copies, to 1e-6 relative. */
export function steppedLogNormalizer(x: Tensor2D): Tensor2D {
  return tidy(() => add(mul(square(relu(x)), 0.5), steppedLogNormalizerExcess(x)));
}

/** m(x) for one number, in float64, to 4e-8. */
export function steppedMeanAt(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return Math.max(0, x) + e * polynomialAt(e, STEPPED_MEAN);
}

/**
 * Σ_{i≤s} log(1 − e^{−i}), continued between whole s, as (z − 1) times a polynomial in z = e^{−s}:
 * Σ_{m≥1} (zᵐ − 1)/(m(eᵐ − 1)), from expanding each logarithm.
 */
const COUNT_CORRECTION: Polynomial = /* @__PURE__ */ fitPolynomial((z) => {
  let sum = 0;
  for (let m = TERMS; m >= 1; m--) sum += (z ** m - 1) / (m * Math.expm1(m));
  return sum / (z - 1);
}, 8);

/**
 * E(s) = s²/2 + Σ_{i≤s} log(1 − e^{−i}) for the count s ≥ 0 of infinitely many copies, continued to
 * real s.
 */
export function steppedEnergy(s: Tensor2D): Tensor2D {
  return tidy(() => {
    // The polynomial is valid for z up to 1, and no count is negative.
    const z: Tensor2D = exp(neg(relu(s)));
    return add(mul(square(s), 0.5), mul(sub(z, 1), polynomial(z, COUNT_CORRECTION)));
  });
}
