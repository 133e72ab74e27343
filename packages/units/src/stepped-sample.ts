import { add, cast, clipByValue, exp, floor, less, mul, neg, relu, sub, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { RandomKey } from '@deepbelief/random';
import { drawUniforms } from './draw.ts';
import { lookUp } from './look-up.ts';

/*
 * Counts from c + FIRST to c + LAST, c = floor(max(0, x)), hold all but 1e-8 of the probability, which is less than
 * the 1.2e-7 grain of a uniform.
 */
const FIRST = -5;
const LAST = 6;

/** Beyond this count 1/Π_{i≤k}(1 − e^{−i}) no longer changes in float32. */
const SETTLED = 20;

/** For offset j, exp(−j²/2)/Π_{i≤c+j}(1 − e^{−i}) for c = 0, 1, …, SETTLED − FIRST; 0 where c + j < 0. */
function weightsAtOffset(j: number): number[] {
  return Array.from({ length: SETTLED - FIRST + 1 }, (_, c) => {
    if (c + j < 0) return 0;
    let weight = Math.exp((-j * j) / 2);
    for (let i = 1; i <= c + j; i++) weight /= 1 - Math.exp(-i);
    return weight;
  });
}

const OFFSETS: readonly number[] = /* @__PURE__ */ Array.from({ length: LAST - FIRST + 1 }, (_, i) => LAST - i);
const WEIGHTS: readonly (readonly number[])[] = /* @__PURE__ */ OFFSETS.map(weightsAtOffset);

/**
 * An exact sample of the count of infinitely many copies, by inversion of P(K ≥ k): one uniform a unit.
 *
 * P(k) ∝ exp(xk − E(k)); with k = c + j and x = c + f that is exp(jf − j²/2)/Π_{i≤k}(1 − e^{−i}) up to a factor, in
 * which nothing large is left to cancel.
 */
export function sampleSteppedCount(x: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const centre: Tensor2D = floor(relu(x));
    const index: Tensor2D = clipByValue(centre, 0, SETTLED - FIRST);
    const fraction: Tensor2D = sub(x, centre);
    const upward = powers(exp(fraction), LAST);
    // Where x < 0 the counts below the centre have weight 0, and relu keeps exp(−jx) from being infinite beside it.
    const downward = powers(exp(neg(relu(fraction))), -FIRST);

    // Summed from the top, so that small probabilities keep their digits: P(K ≥ c + j) times the last of these sums.
    const sums: Tensor2D[] = [];
    OFFSETS.forEach((j, i) => {
      const weight: Tensor2D = lookUp(WEIGHTS[i]!, index);
      const scaled: Tensor2D = j === 0 ? weight : mul(weight, j > 0 ? upward[j - 1]! : downward[-j - 1]!);
      sums.push(i === 0 ? scaled : add(sums[i - 1]!, scaled));
    });
    const total = sums.pop()!;
    const threshold = mul(drawUniforms(key, x.shape), total);
    let count: Tensor2D = add(centre, FIRST);
    for (const tail of sums) count = add(count, cast(less(threshold, tail), 'float32'));
    return relu(count);
  });
}

/** x, x², …, x to the power `highest`. */
function powers(x: Tensor2D, highest: number): Tensor2D[] {
  const list = [x];
  while (list.length < highest) list.push(mul(list[list.length - 1]!, x));
  return list;
}
