import {
  add,
  cast,
  clipByValue,
  floor,
  less,
  minimum,
  mul,
  sub,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { RandomKey } from '@deepbelief/random';
import { drawUniforms } from './draw.ts';
import { lookUp } from './look-up.ts';

/** The most copies a unit may have. Each costs a draw and a pass over the layer. */
export const MOST_COPIES = 4096;

/**
 * Draws each copy independently and counts those that are on, shape [batch, units].
 *
 * @param probability of copy 0, 1, … being on, shape [batch, units]
 */
export function countCopies(
  key: RandomKey,
  copies: number,
  probability: (copy: number) => Tensor2D,
): Tensor2D {
  const isOn = (copy: number): Tensor2D =>
    tidy(() => {
      const p = probability(copy);
      return cast(less(drawUniforms(key, p.shape, copy), p), 'float32');
    });
  return tidy(() => {
    let count = isOn(0);
    for (let copy = 1; copy < copies; copy++) {
      const more: Tensor2D = tidy(() => add(count, isOn(copy)));
      count.dispose();
      count = more;
    }
    return count;
  });
}

/**
 * Looks up a function of counts in its table of values at 0, 1, …. It is linear between counts, so
 * that mean states have a value too, and constant beyond the ends.
 */
export function interpolate(table: readonly number[], state: Tensor2D): Tensor2D {
  return tidy(() => {
    const inside: Tensor2D = clipByValue(state, 0, table.length - 1);
    const below: Tensor2D = floor(inside);
    const low: Tensor2D = lookUp(table, below);
    const high: Tensor2D = lookUp(table, minimum(add(below, 1), table.length - 1));
    return add(low, mul(sub(inside, below), sub(high, low)));
  });
}
