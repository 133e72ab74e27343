// Philox 4x32-10 of four blocks at once: the numbers of packages/random/src/philox.ts, bit for bit.
// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
// 2011, section 4.

/** The high words of four 64-bit products, from the products of the even and the odd pairs. */
// @ts-ignore: decorator
@inline
function highWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

// @ts-ignore: decorator
@inline
function lowWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/**
 * (word >>> 9 + ½) · 2^-23: the upper 23 bits become the fraction of a float in [1, 2), from which
 * the excess is subtracted.
 */
// @ts-ignore: decorator
@inline
function toUniform(words: v128): v128 {
  const fraction = v128.or(i32x4.shr_u(words, 9), i32x4.splat(0x3f800000));
  return f32x4.sub(fraction, f32x4.splat(0.99999994039535522));
}

/**
 * Writes the 16 uniforms of blocks `block` to `block` + 3 at `out`.
 *
 * @param site the counter's second word, site + 65536 · draw
 */
export function sixteenUniforms(
  out: usize,
  block: u32,
  site: u32,
  stepLow: u32,
  stepHigh: u32,
  key0: u32,
  key1: u32,
): void {
  let x0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let x1 = i32x4.splat(site);
  let x2 = i32x4.splat(stepLow);
  let x3 = i32x4.splat(stepHigh);
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  for (let round = 0; round < 10; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(x0, multiplier0);
    const high0 = i64x2.extmul_high_i32x4_u(x0, multiplier0);
    const low1 = i64x2.extmul_low_i32x4_u(x2, multiplier1);
    const high1 = i64x2.extmul_high_i32x4_u(x2, multiplier1);
    x0 = v128.xor(v128.xor(highWords(low1, high1), x1), k0);
    x2 = v128.xor(v128.xor(highWords(low0, high0), x3), k1);
    x1 = lowWords(low1, high1);
    x3 = lowWords(low0, high0);
    k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
    k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
  }
  // Word i of a block is its lane i. The four vectors hold the blocks' lanes and are transposed
  // into blocks.
  const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
  v128.store(out, toUniform(v128.shuffle<i32>(low01, low23, 0, 1, 4, 5)), 0);
  v128.store(out, toUniform(v128.shuffle<i32>(low01, low23, 2, 3, 6, 7)), 16);
  v128.store(out, toUniform(v128.shuffle<i32>(high01, high23, 0, 1, 4, 5)), 32);
  v128.store(out, toUniform(v128.shuffle<i32>(high01, high23, 2, 3, 6, 7)), 48);
}

/** Fills `out` with the first `count` uniforms; `scratch` has room for 16. */
export function uniforms(
  out: usize,
  count: i32,
  site: u32,
  stepLow: u32,
  stepHigh: u32,
  key0: u32,
  key1: u32,
  scratch: usize,
): void {
  let block: u32 = 0;
  for (; <i32>(block << 2) + 16 <= count; block += 4) {
    sixteenUniforms(out + (<usize>block << 4), block, site, stepLow, stepHigh, key0, key1);
  }
  const done = <i32>(block << 2);
  if (done == count) return;
  sixteenUniforms(scratch, block, site, stepLow, stepHigh, key0, key1);
  memory.copy(out + (<usize>done << 2), scratch, <usize>(count - done) << 2);
}
