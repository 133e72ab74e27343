import { argumentError, checkNumber } from '@deepbelief/checks';
import type { PairDataset } from '@deepbelief/data';
import { tensor1d } from '@tensorflow/tfjs-core';
import { pairCosines } from './pair-probabilities.ts';
import type { Siamese } from './siamese.ts';

/**
 * Newton's method ends well before this; it is a limit for cosines that separate the pairs
 * perfectly.
 */
const ITERATIONS = 50;
/**
 * Weight of (w·spread)²/2 relative to the mean loss. It keeps w finite if the pairs can be
 * separated without error.
 */
const RIDGE = 1e-4;
/**
 * Lower limit of the spread of values, because nearly constant cosines would give a w of hundreds
 * of thousands.
 */
const LEAST_SPREAD = 0.03;

/**
 * Fits the output of a Siamese net to pairs without changing its features: w and b of P(same) = σ(w
 * d + b) by logistic regression on the cosines (maximum likelihood by Newton's method, with a
 * slight ridge on w).
 *
 * @throws RangeError if the pairs do not fit the net
 */
export async function fitSiameseOutput(siamese: Siamese, pairs: PairDataset): Promise<void> {
  const { cosines, same } = await pairCosines(siamese, pairs);
  const { weight, bias } = logisticLine(cosines, same);
  siamese.output.weight.dispose();
  siamese.output.bias.dispose();
  siamese.output.weight = tensor1d([weight]);
  siamese.output.bias = tensor1d([bias]);
}

/**
 * Logistic regression on one variable.
 *
 * @param values x
 * @param targets y, 1 or 0
 * @returns w and b of P(y = 1) = σ(w x + b)
 * @throws RangeError without values, for a value that is not finite and for a target outside 0 to 1
 */
export function logisticLine(
  values: ArrayLike<number>,
  targets: ArrayLike<number>,
): { readonly weight: number; readonly bias: number } {
  const n = values.length;
  checkNumber('logisticLine', 'the number of values', n, { low: 1, whole: true });
  if (targets.length !== n)
    throw argumentError(`logisticLine: ${targets.length} targets, expected ${n}, one per value`);
  for (let i = 0; i < n; i++) {
    checkNumber('logisticLine', `value ${i}`, values[i]!, {});
    checkNumber('logisticLine', `target ${i}`, targets[i]!, { low: 0, high: 1 });
  }
  const x = Float64Array.from(values);
  const center = x.reduce((a, b) => a + b, 0) / n;
  const spread = Math.max(
    LEAST_SPREAD,
    Math.sqrt(x.reduce((a, b) => a + (b - center) ** 2, 0) / n),
  );
  let slope = 0;
  let offset = 0;
  for (let k = 0; k < ITERATIONS; k++) {
    // Gradient and Hessian of the mean loss in (slope, offset), on standardized values.
    let [g1, g0, h11, h10, h00] = [RIDGE * slope, 0, RIDGE, 0, RIDGE];
    for (let i = 0; i < n; i++) {
      const z = (x[i]! - center) / spread;
      const p = 1 / (1 + Math.exp(-(slope * z + offset)));
      const q = (p * (1 - p)) / n;
      g1 += ((p - targets[i]!) * z) / n;
      g0 += (p - targets[i]!) / n;
      h11 += q * z * z;
      h10 += q * z;
      h00 += q;
    }
    const determinant = h11 * h00 - h10 * h10;
    const [s, o] = [(h00 * g1 - h10 * g0) / determinant, (h11 * g0 - h10 * g1) / determinant];
    // Far from the optimum a full step may overshoot.
    const scale = Math.min(1, 5 / Math.max(Math.abs(s), Math.abs(o), Number.MIN_VALUE));
    slope -= scale * s;
    offset -= scale * o;
    if (Math.max(Math.abs(s), Math.abs(o)) < 1e-12) break;
  }
  return { weight: slope / spread, bias: offset - (slope * center) / spread };
}
