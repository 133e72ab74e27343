// The inner loops of convolution.ts: 6 x 8 sums in twelve of the sixteen vector registers, like the
// tile of sgemm.ts, but read from where the numbers are. One inlined loop for both was tried: the
// gradient took a fifth longer, 25 ms for 21.
import { multiplyAdd } from './vector-math';

/**
 * out[k][j] = Σ over lines and places a_k[line][place] · b[line][place][j], for six rows k and
 * eight columns j. Places of a are neighbors; b has no gaps. Lines of a are `lineBytes` apart, rows
 * of `out` `outBytes`.
 */
export function tileOfNeighbors(
  out: usize,
  outBytes: usize,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  lineBytes: usize,
  b: usize,
  lines: i32,
  places: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  let s40 = f32x4.splat(0);
  let s41 = f32x4.splat(0);
  let s50 = f32x4.splat(0);
  let s51 = f32x4.splat(0);
  const back = lineBytes - (<usize>places << 2);
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < places; place++) {
      const left = v128.load(b, 0);
      const right = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      s00 = multiplyAdd(x, left, s00);
      s01 = multiplyAdd(x, right, s01);
      x = v128.load_splat<f32>(a1);
      s10 = multiplyAdd(x, left, s10);
      s11 = multiplyAdd(x, right, s11);
      x = v128.load_splat<f32>(a2);
      s20 = multiplyAdd(x, left, s20);
      s21 = multiplyAdd(x, right, s21);
      x = v128.load_splat<f32>(a3);
      s30 = multiplyAdd(x, left, s30);
      s31 = multiplyAdd(x, right, s31);
      x = v128.load_splat<f32>(a4);
      s40 = multiplyAdd(x, left, s40);
      s41 = multiplyAdd(x, right, s41);
      x = v128.load_splat<f32>(a5);
      s50 = multiplyAdd(x, left, s50);
      s51 = multiplyAdd(x, right, s51);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      a5 += 4;
      b += 32;
    }
    a0 += back;
    a1 += back;
    a2 += back;
    a3 += back;
    a4 += back;
    a5 += back;
  }
  writeEight(out, s00, s01);
  writeEight(out + outBytes, s10, s11);
  writeEight(out + 2 * outBytes, s20, s21);
  writeEight(out + 3 * outBytes, s30, s31);
  writeEight(out + 4 * outBytes, s40, s41);
  writeEight(out + 5 * outBytes, s50, s51);
}

/** out[k][j] += Σ over places a_k[place] · b[place][j]; places are `aBytes` and `bBytes` apart. */
export function addTileOfSteps(
  out: usize,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  aBytes: usize,
  b: usize,
  bBytes: usize,
  places: i32,
): void {
  let s00 = v128.load(out, 0);
  let s01 = v128.load(out, 16);
  let s10 = v128.load(out, 32);
  let s11 = v128.load(out, 48);
  let s20 = v128.load(out, 64);
  let s21 = v128.load(out, 80);
  let s30 = v128.load(out, 96);
  let s31 = v128.load(out, 112);
  let s40 = v128.load(out, 128);
  let s41 = v128.load(out, 144);
  let s50 = v128.load(out, 160);
  let s51 = v128.load(out, 176);
  for (let place = 0; place < places; place++) {
    const left = v128.load(b, 0);
    const right = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    s00 = multiplyAdd(x, left, s00);
    s01 = multiplyAdd(x, right, s01);
    x = v128.load_splat<f32>(a1);
    s10 = multiplyAdd(x, left, s10);
    s11 = multiplyAdd(x, right, s11);
    x = v128.load_splat<f32>(a2);
    s20 = multiplyAdd(x, left, s20);
    s21 = multiplyAdd(x, right, s21);
    x = v128.load_splat<f32>(a3);
    s30 = multiplyAdd(x, left, s30);
    s31 = multiplyAdd(x, right, s31);
    x = v128.load_splat<f32>(a4);
    s40 = multiplyAdd(x, left, s40);
    s41 = multiplyAdd(x, right, s41);
    x = v128.load_splat<f32>(a5);
    s50 = multiplyAdd(x, left, s50);
    s51 = multiplyAdd(x, right, s51);
    a0 += aBytes;
    a1 += aBytes;
    a2 += aBytes;
    a3 += aBytes;
    a4 += aBytes;
    a5 += aBytes;
    b += bBytes;
  }
  writeEight(out, s00, s01);
  writeEight(out + 32, s10, s11);
  writeEight(out + 64, s20, s21);
  writeEight(out + 96, s30, s31);
  writeEight(out + 128, s40, s41);
  writeEight(out + 160, s50, s51);
}

// @ts-ignore: decorator
@inline
function writeEight(out: usize, left: v128, right: v128): void {
  v128.store(out, left, 0);
  v128.store(out, right, 16);
}
