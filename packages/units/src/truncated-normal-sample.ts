import {
  add,
  div,
  exp,
  greater,
  less,
  log,
  minimum,
  mul,
  neg,
  relu,
  sqrt,
  square,
  sub,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { RandomKey } from '@deepbelief/random';
import { drawUniforms } from './draw.ts';
import { millsRatio } from './normal-tail.ts';

/**
 * Samples a normal with mean x and variance 1, truncated to s ≥ 0, by inversion with one uniform u
 * per unit.
 *
 * For x ≤ 0, P(S > s) = exp(−ys − s²/2) M₀(y + s)/M₀(y) with y = −x, which is set equal to u. For x
 * > 0 the deviation s − x is half a normal on either side, the case y = 0. The side that u falls on
 * is used with its share of u.
 */
export function sampleTruncatedNormal(x: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const u = drawUniforms(key, x.shape);
    const positive: Tensor2D = relu(x);
    const cut = mul(
      mul(exp(mul(square(positive), -0.5)), 1 / Math.sqrt(2 * Math.PI)),
      millsRatio(positive),
    ); // Φ(−x)
    const above: Tensor2D = mul(u, sub(1, cut));
    const under: Tensor2D = add(sub(1, u), mul(u, cut));
    const isPositive = greater(x, 0);
    const survival: Tensor2D = where(isPositive, minimum(mul(minimum(above, under), 2), 1), u);
    const excess = tailQuantile(relu(neg(x)), survival);
    const signed = where(less(under, above), neg(excess), excess);
    return relu(where(isPositive, add(x, signed), excess));
  });
}

/**
 * Number of Newton steps after which s is exact in float32 from every start, determined on a grid
 * of y and u (see the tests).
 */
const STEPS = 3;

/** Farther out, Newton's steps would give 0 · ∞, and the bound is the root anyway. */
const FARTHEST = 1e18;

/**
 * The s ≥ 0 at which exp(−ys − s²/2) M₀(y + s)/M₀(y) = u.
 *
 * The logarithm of the left side is concave with slope −1/M₀(y + s), so Newton's steps from an
 * upper bound descend to the root. The bounds are s ≤ L M₀(y), because the hazard increases, and ys
 * + s²/2 ≤ L, where L = −log u.
 */
function tailQuantile(inputs: Tensor2D, u: Tensor2D): Tensor2D {
  return tidy(() => {
    const depth: Tensor2D = neg(log(u));
    const bound: Tensor2D = mul(depth, millsRatio(inputs));
    const y: Tensor2D = minimum(inputs, FARTHEST);
    const mills = millsRatio(y);
    // The 1e-30 avoids 0/0 if y and the depth are both 0.
    const root = add(add(y, sqrt(add(square(y), mul(depth, 2)))), 1e-30);
    let s: Tensor2D = minimum(div(mul(depth, 2), root), bound);
    for (let i = 0; i < STEPS; i++) {
      const there = millsRatio(add(y, s));
      const gap = add(sub(depth, mul(s, add(y, mul(s, 0.5)))), log(div(there, mills)));
      s = add(s, mul(gap, there));
    }
    // It is 0 if y is infinite.
    return minimum(s, bound);
  });
}
