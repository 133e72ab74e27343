import { add, div, mul, square, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { fitPolynomial, polynomial, polynomialAt, type Polynomial } from './polynomial.ts';

/*
 * The moments of a normal distribution's tail, measured from the cut:
 *
 *   M_n(y) = ∫_0^∞ hⁿ exp(−yh − h²/2) dh,  y ≥ 0,  n = 0, 1, 2.
 *
 * M_0 is Mills' ratio, (1 − Φ(y))/φ(y); M_1 = 1 − y M_0 and M_2 = M_0 − y M_1 (W. Gautschi, in
 * Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 7.2), but these differences
 * lose every digit for large y. So each has its own polynomial in t = 4/(4 + y), times t^{n+1},
 * which matches their decrease.
 */
export const TAIL_SCALE = 4;
const DEGREE = 11;

/**
 * Computes M_n(y) by the trapezoidal rule after the substitution h = g/(1 + y), g = exp(u −
 * e^{−u}), which makes the integrand vanish doubly exponentially at both ends.
 */
function tailMoment(n: number, y: number): number {
  const grain = 1 / 16;
  let sum = 0;
  for (let u = -4; u <= 4.6; u += grain) {
    const g = Math.exp(u - Math.exp(-u));
    const h = g / (1 + y);
    sum += h ** n * Math.exp(-y * h - (h * h) / 2) * g * (1 + Math.exp(-u));
  }
  return (sum * grain) / (1 + y);
}

export const TAIL_MOMENTS: readonly Polynomial[] = /* @__PURE__ */ [0, 1, 2].map((n) =>
  fitPolynomial((t) => tailMoment(n, (TAIL_SCALE * (1 - t)) / t) / t ** (n + 1), DEGREE),
);

/** M_0(y), Mills' ratio, for y ≥ 0, to 3e-7 relative. */
export function millsRatio(y: Tensor2D): Tensor2D {
  return tidy(() => {
    const t: Tensor2D = div(TAIL_SCALE, add(y, TAIL_SCALE));
    return mul(t, polynomial(t, TAIL_MOMENTS[0]!));
  });
}

/** M_1(y) for y ≥ 0, to 3e-7 relative. */
export function firstTailMoment(y: Tensor2D): Tensor2D {
  return tidy(() => {
    const t: Tensor2D = div(TAIL_SCALE, add(y, TAIL_SCALE));
    return mul(square(t), polynomial(t, TAIL_MOMENTS[1]!));
  });
}

/** M_2(y) for y ≥ 0, to 5e-7 relative. */
export function secondTailMoment(y: Tensor2D): Tensor2D {
  return tidy(() => {
    const t: Tensor2D = div(TAIL_SCALE, add(y, TAIL_SCALE));
    return mul(mul(square(t), t), polynomial(t, TAIL_MOMENTS[2]!));
  });
}

/**
 * M_1(y)/M_0(y) and M_2(y)/M_0(y) for y ≥ 0: powers of t are divided before they are 0, as at y =
 * ∞.
 */
export function tailMomentRatios(y: Tensor2D): {
  readonly first: Tensor2D;
  readonly second: Tensor2D;
} {
  const t: Tensor2D = div(TAIL_SCALE, add(y, TAIL_SCALE));
  const [mills, first, second] = TAIL_MOMENTS.map((coefficients) => polynomial(t, coefficients));
  return { first: mul(t, div(first!, mills!)), second: mul(square(t), div(second!, mills!)) };
}

/** M_n(y) for one number y ≥ 0, in float64, to 3e-7 relative. */
export function tailMomentAt(n: 0 | 1 | 2, y: number): number {
  const t = TAIL_SCALE / (TAIL_SCALE + y);
  return t ** (n + 1) * polynomialAt(t, TAIL_MOMENTS[n]!);
}
