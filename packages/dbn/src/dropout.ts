import { checkNumber, checkTensor, type NumberRange } from '@deepbelief/checks';
import { atSite, randomWords, type RandomKey } from '@deepbelief/random';
import {
  customGrad,
  mul,
  tensor2d,
  type GradSaveFunc,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Rates that leave something, because the rest is divided by 1 − rate. */
export const DROPOUT_RANGE: NumberRange = { low: 0, high: 0.99 };

/**
 * Sets each value to zero with probability `rate` and divides the others by 1 − rate, which keeps
 * the mean. Differentiable in the states. Source: Srivastava, Hinton, Krizhevsky, Sutskever &
 * Salakhutdinov 2014, "Dropout: a simple way to prevent neural networks from overfitting".
 *
 * @param states shape [batch, units]
 * @param rate from 0 to 0.99
 * @param key its numbers at site `site` determine what is dropped
 * @throws RangeError if the rate is out of range
 */
export function dropout(states: Tensor2D, rate: number, key: RandomKey, site: number): Tensor2D {
  checkTensor('dropout', 'states', states);
  checkNumber('dropout', 'rate', rate, DROPOUT_RANGE);
  if (rate === 0) return states;
  const kept = 1 / (1 - rate);
  const words = randomWords(atSite(key, site), Math.ceil(states.size / 2));
  // Two decisions per word, from its upper and lower 16 bits.
  const threshold = Math.round(rate * 0x10000);
  const factors = new Float32Array(states.size);
  for (let i = 0; i < factors.length; i++) {
    const half = (words[i >>> 1]! >>> (16 * (i & 1))) & 0xffff;
    factors[i] = half < threshold ? 0 : kept;
  }
  return customGrad((...[, save]: (Tensor | GradSaveFunc)[]) => {
    const mask = tensor2d(factors, states.shape);
    (save as GradSaveFunc)([mask]);
    return {
      value: mul<Tensor2D>(states, mask),
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => mul(dy, saved[0]!),
    };
  })(states);
}
