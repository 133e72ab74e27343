import {
  add,
  cast,
  div,
  exp,
  floor,
  less,
  mul,
  neg,
  onesLike,
  relu,
  sub,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { RandomKey } from '@deepbelief/random';
import { drawUniforms } from './draw.ts';

/*
 * Counts from c - BELOW to c + ABOVE, c = floor(max(0, x)), hold all but 1e-8 of the probability.
 * That is less than a uniform's resolution of 1.2e-7.
 */
const BELOW = 5;
const ABOVE = 6;

/**
 * Samples the count of infinitely many copies by inversion of P(K ≥ k), with one uniform per unit.
 *
 * P(k) ∝ exp(xk − E(k)), so that with x = c + f
 *
 *   P(c + j)/P(c + j − 1) = exp(f − j + ½)/(1 − exp(−c − j)) = exp(f)/(exp(j − ½) − exp(−c − ½)),
 *
 * without large terms that cancel.
 */
export function sampleSteppedCount(x: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const center: Tensor2D = floor(relu(x));
    const fraction: Tensor2D = sub(x, center);
    const settled: Tensor2D = mul(exp(neg(center)), Math.exp(-0.5));
    // P(c + j)/P(c) for j = 1 … ABOVE.
    const growth: Tensor2D = exp(fraction);
    const above: Tensor2D[] = [];
    let weight: Tensor2D = onesLike(x);
    for (let j = 1; j <= ABOVE; j++)
      above.push((weight = div(mul(weight, growth), sub(Math.exp(j - 0.5), settled))));
    // The same for j = −1 … −BELOW; 0 for negative counts. If x < 0, all are negative, and relu
    // keeps exp(−f) from being infinite times 0.
    const decay: Tensor2D = exp(neg(relu(fraction)));
    const below: Tensor2D[] = [];
    weight = onesLike(x);
    for (let j = 0; j > -BELOW; j--) {
      below.push((weight = mul(mul(weight, decay), relu(sub(Math.exp(j - 0.5), settled)))));
    }

    // P(K ≥ k) for each k, up to a factor, summed from the top so that small probabilities keep
    // their digits.
    const sums: Tensor2D[] = [];
    for (const term of [...above.toReversed(), onesLike(x), ...below]) {
      const last = sums[sums.length - 1];
      sums.push(last === undefined ? term : add(last, term));
    }
    const threshold = mul(drawUniforms(key, x.shape), sums.pop()!);
    let count: Tensor2D = sub(center, BELOW);
    for (const sum of sums) count = add(count, cast(less(threshold, sum), 'float32'));
    return relu(count);
  });
}
