// The special functions of rectified and stepped units; formulas and sources are in
// packages/units/src.
import { choose, exp, higher, log, lower, multiplyAdd, normalQuantile, polynomial, rectify, sigmoid, splat } from './vector-math';

/** Where the fitted polynomials lie in the table of coefficients, in bytes, and their degrees. */
const MILLS: usize = 0;
const FIRST_MOMENT: usize = 64;
const STEPPED_MEAN: usize = 128;
const LOG_SUM: usize = 192;
const TAIL_DEGREE: i32 = 11;
const STEPPED_DEGREE: i32 = 9;
const LOG_SUM_DEGREE: i32 = 10;
const TAIL_SCALE: f32 = 4;

const ROOT_TWO_PI: f32 = 2.5066282746310002;
const INVERSE_ROOT_TWO_PI: f32 = 0.3989422804014327;

// @ts-ignore: decorator
@inline
function tailPlace(y: v128): v128 {
  return f32x4.div(splat(TAIL_SCALE), f32x4.add(y, splat(TAIL_SCALE)));
}

/** M_0(y), y ≥ 0. */
function millsRatio(y: v128, table: usize): v128 {
  const t = tailPlace(y);
  return f32x4.mul(t, polynomial(t, table + MILLS, TAIL_DEGREE));
}

/** M_1(y), y ≥ 0. */
function firstTailMoment(y: v128, table: usize): v128 {
  const t = tailPlace(y);
  return f32x4.mul(f32x4.mul(t, t), polynomial(t, table + FIRST_MOMENT, TAIL_DEGREE));
}

/** M_1(y)/M_0(y), y ≥ 0: divides by a power of t before t is 0, which it is at y = ∞. */
function firstTailRatio(y: v128, table: usize): v128 {
  const t = tailPlace(y);
  const ratio = f32x4.div(polynomial(t, table + FIRST_MOMENT, TAIL_DEGREE), polynomial(t, table + MILLS, TAIL_DEGREE));
  return f32x4.mul(t, ratio);
}

/** exp(-y²/2). */
// @ts-ignore: decorator
@inline
function bell(y: v128): v128 {
  return exp(f32x4.mul(f32x4.mul(y, y), splat(-0.5)));
}

/** log(1 + exp(x)). */
export function softplus(x: v128, table: usize): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  return multiplyAdd(e, polynomial(e, table + LOG_SUM, LOG_SUM_DEGREE), rectify(x));
}

/** Mean of max(0, x + n) for normal n with variance σ(x). */
export function rectifiedMean(x: v128, table: usize): v128 {
  const d = f32x4.sqrt(sigmoid(x));
  const y = f32x4.abs(higher(f32x4.div(x, d), splat(-20)));
  const excess = f32x4.mul(f32x4.mul(bell(y), splat(INVERSE_ROOT_TWO_PI)), firstTailMoment(y, table));
  return multiplyAdd(d, excess, rectify(x));
}

/** max(0, x + n) for the normal n with variance σ(x) that corresponds to the uniform. */
export function noisyRectified(x: v128, u: v128): v128 {
  // √σ(x) = 1/√(1 + exp(−x)), which is accurate for either sign of x.
  const deviation = f32x4.div(splat(1), f32x4.sqrt(f32x4.add(splat(1), exp(f32x4.neg(x)))));
  return rectify(multiplyAdd(normalQuantile(u), deviation, x));
}

/** Mean of a normal with mean x and variance 1, truncated to s ≥ 0. */
export function truncatedMean(x: v128, table: usize): v128 {
  const y = f32x4.abs(x);
  const density = bell(y);
  const mills = millsRatio(y, table);
  const mass = f32x4.sub(splat(ROOT_TWO_PI), f32x4.mul(density, mills));
  const above = f32x4.add(y, f32x4.div(density, mass));
  const below = firstTailRatio(y, table);
  return choose(f32x4.gt(x, splat(0)), above, below);
}

/** A sample of it by inversion. */
export function truncatedSample(x: v128, u: v128, table: usize): v128 {
  const positive = rectify(x);
  const cut = f32x4.mul(f32x4.mul(bell(positive), splat(INVERSE_ROOT_TWO_PI)), millsRatio(positive, table));
  const above = f32x4.mul(u, f32x4.sub(splat(1), cut));
  const under = f32x4.add(f32x4.sub(splat(1), u), f32x4.mul(u, cut));
  const isPositive = f32x4.gt(x, splat(0));
  const half = lower(f32x4.mul(lower(above, under), splat(2)), splat(1));
  const excess = tailQuantile(rectify(f32x4.neg(x)), choose(isPositive, half, u), table);
  const signed = choose(f32x4.lt(under, above), f32x4.neg(excess), excess);
  return rectify(choose(isPositive, f32x4.add(x, signed), excess));
}

/** The s ≥ 0 at which exp(-ys - s²/2) M_0(y + s)/M_0(y) = u, by three of Newton's steps. */
function tailQuantile(input: v128, u: v128, table: usize): v128 {
  const depth = f32x4.neg(log(u));
  const bound = f32x4.mul(depth, millsRatio(input, table));
  // Farther out, Newton's steps would give 0 · ∞, and the bound is the root anyway.
  const y = lower(input, splat(1e18));
  const mills = millsRatio(y, table);
  const twice = f32x4.add(depth, depth);
  const root = f32x4.add(f32x4.add(y, f32x4.sqrt(multiplyAdd(y, y, twice))), splat(1e-30));
  let s = lower(f32x4.div(twice, root), bound);
  for (let i = 0; i < 3; i++) {
    const there = millsRatio(f32x4.add(y, s), table);
    const passed = f32x4.mul(s, multiplyAdd(s, splat(0.5), y));
    const gap = f32x4.add(f32x4.sub(depth, passed), log(f32x4.div(there, mills)));
    s = multiplyAdd(gap, there, s);
  }
  return lower(s, bound);
}

/** m(-|x|) for infinitely many copies: their mean minus max(0, x). */
export function steppedMeanExcess(x: v128, table: usize): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  return f32x4.mul(e, polynomial(e, table + STEPPED_MEAN, STEPPED_DEGREE));
}

const E: f32 = 2.718281828459045;
/** exp(-½). */
const LOWEST_GAP: f32 = 0.6065306597126334;

/**
 * Samples the count of infinitely many copies by inversion of P(K ≥ k) over the 12 counts around x.
 *
 * @param sums room for 12 vectors
 */
export function steppedSample(x: v128, u: v128, sums: usize): v128 {
  const center = f32x4.floor(rectify(x));
  const fraction = f32x4.sub(x, center);
  const settled = f32x4.mul(exp(f32x4.neg(center)), splat(LOWEST_GAP));
  const growth = exp(fraction);
  const decay = exp(f32x4.neg(rectify(fraction)));
  // Probabilities relative to the center's: six above it at places 5 down to 0, its own, five
  // below.
  let weight = splat(1);
  let gap = LOWEST_GAP; // exp(j - ½)
  for (let j = 1; j <= 6; j++) {
    gap *= E;
    weight = f32x4.div(f32x4.mul(weight, growth), f32x4.sub(splat(gap), settled));
    v128.store(sums + (<usize>(6 - j) << 4), weight);
  }
  let total = v128.load(sums);
  for (let i: usize = 1; i < 6; i++) {
    total = f32x4.add(total, v128.load(sums + (i << 4)));
    v128.store(sums + (i << 4), total);
  }
  total = f32x4.add(total, splat(1));
  v128.store(sums, total, 96);
  weight = splat(1);
  gap = LOWEST_GAP;
  for (let j = 0; j > -5; j--) {
    weight = f32x4.mul(f32x4.mul(weight, decay), rectify(f32x4.sub(splat(gap), settled)));
    gap /= E;
    total = f32x4.add(total, weight);
    v128.store(sums + (<usize>(7 - j) << 4), total);
  }
  const threshold = f32x4.mul(u, total);
  let count = f32x4.sub(center, splat(5));
  for (let i: usize = 0; i < 11; i++) {
    const reached = f32x4.lt(threshold, v128.load(sums + (i << 4)));
    count = f32x4.add(count, v128.and(reached, splat(1)));
  }
  return rectify(count);
}
