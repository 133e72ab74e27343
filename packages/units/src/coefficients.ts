import { TAIL_MOMENTS, TAIL_SCALE } from './normal-tail.ts';
import type { Polynomial } from './polynomial.ts';
import { LOG_SUM } from './softplus.ts';
import { STEPPED_MEAN } from './stepped-sum.ts';

/**
 * The fitted polynomials behind the unit types' special functions, constant coefficient first, for
 * backends with their own kernels for unit types.
 */
export interface Coefficients {
  /** M_n(y) = tⁿ⁺¹ P_n(t), t = c/(c + y), the moments of the normal's tail; M_0 is Mills' ratio. */
  readonly tailMoments: readonly Polynomial[];
  /** The c in t. */
  readonly tailScale: number;
  /** Mean of stepped sigmoid units: max(0, x) + e P(e), e = exp(−|x|). */
  readonly steppedMean: Polynomial;
  /** softplus(x) = max(0, x) + e P(e), e = exp(−|x|). */
  readonly logSum: Polynomial;
}

/** The coefficients of this package's unit types. */
export const coefficients: Coefficients = {
  tailMoments: TAIL_MOMENTS,
  tailScale: TAIL_SCALE,
  steppedMean: STEPPED_MEAN,
  logSum: LOG_SUM,
};
