// Elementary functions of four floats at once, to about 2e-7 relative.

/** x * y + z, fused if this build allows it. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(x: v128, y: v128, z: v128): v128 {
  // @ts-ignore: RELAXED is set by the build
  if (RELAXED) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(f32x4.mul(x, y), z);
}

/** A number in all four lanes. */
// @ts-ignore: decorator
@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** `chosen` where `mask` is set, `other` elsewhere. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, chosen: v128, other: v128): v128 {
  return v128.bitselect(chosen, other, mask);
}

/**
 * max(0, x); NaN stays. WebAssembly's strict max and min take several instructions, these take one.
 */
// @ts-ignore: decorator
@inline
export function rectify(x: v128): v128 {
  return f32x4.pmax(x, splat(0));
}

/** The smaller value. */
// @ts-ignore: decorator
@inline
export function lower(x: v128, bound: v128): v128 {
  return f32x4.pmin(x, bound);
}

/** The larger value. */
// @ts-ignore: decorator
@inline
export function higher(x: v128, bound: v128): v128 {
  return f32x4.pmax(x, bound);
}

/**
 * y, but NaN where x is NaN: comparisons with NaN are false and would turn it into an ordinary
 * state.
 */
// @ts-ignore: decorator
@inline
export function keepNaN(x: v128, y: v128): v128 {
  return v128.bitselect(x, y, f32x4.ne(x, x));
}

/**
 * exp(x); beyond the range of floats, the largest or smallest one. Source: S. Moshier, Cephes
 * Mathematical Library (1992), expf: reduction by powers of two and a polynomial.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const inside = lower(higher(x, splat(-87.3)), splat(88.3));
  // Adding 1.5 * 2^23 rounds to a whole number, which is then in the lowest bits.
  const shifted = multiplyAdd(inside, splat(1.44269504088896341), splat(12582912));
  const power = f32x4.sub(shifted, splat(12582912));
  let r = multiplyAdd(power, splat(-0.693359375), inside);
  r = multiplyAdd(power, splat(2.12194440e-4), r);
  let p = splat(1.9875691500e-4);
  p = multiplyAdd(p, r, splat(1.3981999507e-3));
  p = multiplyAdd(p, r, splat(8.3334519073e-3));
  p = multiplyAdd(p, r, splat(4.1665795894e-2));
  p = multiplyAdd(p, r, splat(1.6666665459e-1));
  p = multiplyAdd(p, r, splat(5.0000001201e-1));
  const value = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), splat(1));
  const scale = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  return f32x4.mul(value, scale);
}

/** log(x) for positive normal floats. Source: Cephes, logf. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // x = m 2^e with m in [√½, √2), by whole-number arithmetic on the bits.
  const whole = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = f32x4.sub(i32x4.sub(x, i32x4.shl(whole, 23)), splat(1));
  const exponent = f32x4.convert_i32x4_s(whole);
  const square = f32x4.mul(m, m);
  let p = splat(7.0376836292e-2);
  p = multiplyAdd(p, m, splat(-1.1514610310e-1));
  p = multiplyAdd(p, m, splat(1.1676998740e-1));
  p = multiplyAdd(p, m, splat(-1.2420140846e-1));
  p = multiplyAdd(p, m, splat(1.4249322787e-1));
  p = multiplyAdd(p, m, splat(-1.6668057665e-1));
  p = multiplyAdd(p, m, splat(2.0000714765e-1));
  p = multiplyAdd(p, m, splat(-2.4999993993e-1));
  p = multiplyAdd(p, m, splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, m), square);
  y = multiplyAdd(exponent, splat(-2.12194440e-4), y);
  y = multiplyAdd(square, splat(-0.5), y);
  return multiplyAdd(exponent, splat(0.693359375), f32x4.add(m, y));
}

/** σ(x) = 1/(1 + exp(-x)), with all its digits on both sides. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  const numerator = choose(f32x4.lt(x, splat(0)), e, splat(1));
  return f32x4.div(numerator, f32x4.add(splat(1), e));
}

/** A polynomial with its coefficients at `table`, constant first. */
// @ts-ignore: decorator
@inline
export function polynomial(x: v128, table: usize, degree: i32): v128 {
  let p = v128.load_splat<f32>(table + (<usize>degree << 2));
  for (let power = degree - 1; power >= 0; power--) {
    p = multiplyAdd(p, x, v128.load_splat<f32>(table + (<usize>power << 2)));
  }
  return p;
}

/**
 * The standard normal's quantile at uniforms of the grid (k + ½) / 2^23, to 5e-7 relative: √2
 * erf⁻¹(2u − 1). Source: M. Giles, "Approximating the erfinv function", GPU Computing Gems Jade
 * Edition (2011), single precision.
 */
// @ts-ignore: decorator
@inline
export function normalQuantile(u: v128): v128 {
  const x = f32x4.sub(f32x4.add(u, u), splat(1));
  const depth = f32x4.neg(log(f32x4.mul(f32x4.sub(splat(1), x), f32x4.add(splat(1), x))));
  const w = f32x4.sub(depth, splat(2.5));
  let p = splat(2.81022636e-8);
  p = multiplyAdd(p, w, splat(3.43273939e-7));
  p = multiplyAdd(p, w, splat(-3.5233877e-6));
  p = multiplyAdd(p, w, splat(-4.39150654e-6));
  p = multiplyAdd(p, w, splat(2.1858087e-4));
  p = multiplyAdd(p, w, splat(-1.25372503e-3));
  p = multiplyAdd(p, w, splat(-4.17768164e-3));
  p = multiplyAdd(p, w, splat(2.46640727e-1));
  p = multiplyAdd(p, w, splat(1.50140941));
  const far = f32x4.ge(depth, splat(5));
  // One uniform in 300 is there.
  if (v128.any_true(far)) p = choose(far, farQuantile(depth), p);
  return f32x4.mul(f32x4.mul(p, x), splat(1.4142135623730951));
}

function farQuantile(depth: v128): v128 {
  const w = f32x4.sub(f32x4.sqrt(depth), splat(3));
  let p = splat(-2.00214257e-4);
  p = multiplyAdd(p, w, splat(1.00950558e-4));
  p = multiplyAdd(p, w, splat(1.34934322e-3));
  p = multiplyAdd(p, w, splat(-3.67342844e-3));
  p = multiplyAdd(p, w, splat(5.73950773e-3));
  p = multiplyAdd(p, w, splat(-7.6224613e-3));
  p = multiplyAdd(p, w, splat(9.43887047e-3));
  p = multiplyAdd(p, w, splat(1.00167406));
  return multiplyAdd(p, w, splat(2.83297682));
}
