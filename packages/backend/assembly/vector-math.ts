// Elementary functions of four floats at once, to about 2e-7 relative.

/** x * y + z, fused where this build may. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(x: v128, y: v128, z: v128): v128 {
  // @ts-ignore: RELAXED is set by the build
  if (RELAXED) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(f32x4.mul(x, y), z);
}

/** A number in all four places. */
// @ts-ignore: decorator
@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** The value of `chosen` where `mask` is set, else of `other`. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, chosen: v128, other: v128): v128 {
  return v128.bitselect(chosen, other, mask);
}

/** max(0, x). */
// @ts-ignore: decorator
@inline
export function rectify(x: v128): v128 {
  return f32x4.max(x, splat(0));
}

/**
 * exp(x); beyond the floats' range the largest or smallest one.
 * Source: S. Moshier, Cephes Mathematical Library (1992), expf: reduction by powers of two and a polynomial.
 */
export function exp(x: v128): v128 {
  const inside = f32x4.min(f32x4.max(x, splat(-87.3)), splat(88.3));
  const power = f32x4.nearest(f32x4.mul(inside, splat(1.44269504088896341)));
  let r = multiplyAdd(power, splat(-0.693359375), inside);
  r = multiplyAdd(power, splat(2.12194440e-4), r);
  let p = splat(1.9875691500e-4);
  p = multiplyAdd(p, r, splat(1.3981999507e-3));
  p = multiplyAdd(p, r, splat(8.3334519073e-3));
  p = multiplyAdd(p, r, splat(4.1665795894e-2));
  p = multiplyAdd(p, r, splat(1.6666665459e-1));
  p = multiplyAdd(p, r, splat(5.0000001201e-1));
  const value = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), splat(1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return f32x4.mul(value, scale);
}

/** log(x) for positive normal floats. Source: Cephes, logf. */
export function log(x: v128): v128 {
  // x = m 2^e with m in [1/2, 1), and then in [√½, √2).
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(m, splat(0.70710678118654752));
  exponent = f32x4.sub(exponent, v128.and(small, splat(1)));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), splat(1));
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
export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  const large = f32x4.div(splat(1), f32x4.add(splat(1), e));
  return choose(f32x4.lt(x, splat(0)), f32x4.mul(e, large), large);
}

/** A polynomial whose coefficients lie at `table`, the constant first. */
export function polynomial(x: v128, table: usize, degree: i32): v128 {
  let p = v128.load_splat<f32>(table + (<usize>degree << 2));
  for (let power = degree - 1; power >= 0; power--) {
    p = multiplyAdd(p, x, v128.load_splat<f32>(table + (<usize>power << 2)));
  }
  return p;
}

/**
 * The standard normal's quantile at uniforms of the grid (k + ½) / 2^23, to 5e-7 relative.
 * Source: M. Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), routine PPND7; its far tail begins at 1e-11,
 * which such uniforms do not reach.
 */
export function normalQuantile(u: v128): v128 {
  const q = f32x4.sub(u, splat(0.5));
  let r = f32x4.sub(splat(0.180625), f32x4.mul(q, q));
  let above = multiplyAdd(splat(5.9109374720e1), r, splat(1.5929113202e2));
  above = multiplyAdd(above, r, splat(5.0434271938e1));
  above = multiplyAdd(above, r, splat(3.3871327179));
  let below = multiplyAdd(splat(6.7187563600e1), r, splat(7.8757757664e1));
  below = multiplyAdd(below, r, splat(1.7895169469e1));
  below = multiplyAdd(below, r, splat(1));
  const centre = f32x4.div(f32x4.mul(q, above), below);

  r = f32x4.sub(f32x4.sqrt(f32x4.neg(log(f32x4.min(u, f32x4.sub(splat(1), u))))), splat(1.6));
  above = multiplyAdd(splat(1.7023821103e-1), r, splat(1.3067284816));
  above = multiplyAdd(above, r, splat(2.7568153900));
  above = multiplyAdd(above, r, splat(1.4234372777));
  below = multiplyAdd(splat(1.2021132975e-1), r, splat(7.3700164250e-1));
  below = multiplyAdd(below, r, splat(1));
  const tail = f32x4.div(above, below);
  const signed = v128.or(tail, v128.and(q, i32x4.splat(0x80000000)));
  return choose(f32x4.le(f32x4.abs(q), splat(0.425)), centre, signed);
}
