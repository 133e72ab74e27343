import { add, mul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/** Coefficients of a polynomial, constant first. */
export type Polynomial = readonly number[];

/**
 * Fits the polynomial that agrees with a smooth function at the Chebyshev points of [0, 1].
 *
 * When the module is loaded, this package's special functions are fitted from their definitions in
 * float64. So the source contains the definition, not a table of digits.
 *
 * Source: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013), chapters 2 to
 * 4.
 */
export function fitPolynomial(f: (t: number) => number, degree: number): Polynomial {
  const count = degree + 1;
  const angles = Array.from({ length: count }, (_, i) => (Math.PI * (i + 0.5)) / count);
  const values = angles.map((angle) => f((1 + Math.cos(angle)) / 2));
  const result = angles.map(() => 0);
  // T_k(2t - 1) in powers of t, by T_{k+1} = (4t - 2) T_k - T_{k-1}.
  let before: number[] = [];
  let basis = [1];
  for (let k = 0; k < count; k++) {
    const weight = (k === 0 ? 1 : 2) / count;
    const share =
      weight * values.reduce((sum, value, i) => sum + value * Math.cos(k * angles[i]!), 0);
    basis.forEach((coefficient, power) => (result[power]! += share * coefficient));
    const scale = k === 0 ? 1 : 2;
    const next = Array.from(
      { length: k + 2 },
      (_, power) =>
        scale * (2 * (basis[power - 1] ?? 0) - (basis[power] ?? 0)) - (before[power] ?? 0),
    );
    before = basis;
    basis = next;
  }
  return result;
}

/** Evaluates a polynomial of degree 1 or more at each element of x. */
export function polynomial(x: Tensor2D, coefficients: Polynomial): Tensor2D {
  return tidy(() => {
    const highest = coefficients.length - 1;
    let value: Tensor2D = add(mul(x, coefficients[highest]!), coefficients[highest - 1]!);
    for (let power = highest - 2; power >= 0; power--)
      value = add(mul(value, x), coefficients[power]!);
    return value;
  });
}

/** Evaluates the polynomial at one number, in float64. */
export function polynomialAt(x: number, coefficients: Polynomial): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}
