// What both phases of a training step contribute to the gradient, in one pass over each matrix.
import { multiplyAdd, splat } from './vector-math';

/**
 * Copies `rows` rows to `out`, multiplied by `factor`, and adds them, multiplied by `share`, to the
 * vector `sums`.
 *
 * @param matrix of `rows` rows of `columns` floats, without gaps
 */
export function stackRows(
  out: usize,
  matrix: usize,
  rows: i32,
  columns: i32,
  factor: f32,
  sums: usize,
  share: f32,
): void {
  const width = <usize>columns << 2;
  let row = 0;
  // Four rows at once, so that the sums are read and written a quarter as often.
  for (; row + 4 <= rows; row += 4) {
    const start = <usize>row * width;
    fourRows(out + start, matrix + start, width, factor, sums, share);
  }
  for (; row < rows; row++) {
    const start = <usize>row * width;
    for (let place: usize = 0; place < width; place += 4) {
      const x = load<f32>(matrix + start + place);
      store<f32>(out + start + place, x * factor);
      store<f32>(sums + place, load<f32>(sums + place) + x * share);
    }
  }
}

// @ts-ignore: decorator
@inline
function fourRows(out: usize, matrix: usize, width: usize, factor: f32, sums: usize, share: f32): void {
  const scale = splat(factor);
  const part = splat(share);
  let place: usize = 0;
  for (; place + 16 <= width; place += 16) {
    const from = matrix + place;
    const to = out + place;
    const a = v128.load(from);
    const b = v128.load(from + width);
    const c = v128.load(from + 2 * width);
    const d = v128.load(from + 3 * width);
    v128.store(to, f32x4.mul(a, scale));
    v128.store(to + width, f32x4.mul(b, scale));
    v128.store(to + 2 * width, f32x4.mul(c, scale));
    v128.store(to + 3 * width, f32x4.mul(d, scale));
    const total = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    v128.store(sums + place, multiplyAdd(total, part, v128.load(sums + place)));
  }
  for (; place < width; place += 4) {
    let total: f32 = 0;
    for (let i: usize = 0; i < 4; i++) {
      const x = load<f32>(matrix + i * width + place);
      store<f32>(out + i * width + place, x * factor);
      total += x;
    }
    store<f32>(sums + place, load<f32>(sums + place) + total * share);
  }
}

/** Σ (x − y)², in float64. */
export function squaredDistance(x: usize, y: usize, count: i32): f64 {
  const vectors = count & ~3;
  let total: f64 = 0;
  // Pieces short enough that float32 sums keep their digits.
  for (let start = 0; start < vectors; start += 1024) {
    const end = <usize>min(start + 1024, vectors) << 2;
    let sum = splat(0);
    for (let place = <usize>start << 2; place < end; place += 16) {
      const difference = f32x4.sub(v128.load(x + place), v128.load(y + place));
      sum = multiplyAdd(difference, difference, sum);
    }
    total += <f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
    total += <f64>f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  }
  for (let i = vectors; i < count; i++) {
    const difference = <f64>load<f32>(x + (<usize>i << 2)) - load<f32>(y + (<usize>i << 2));
    total += difference * difference;
  }
  return total;
}

/** Counts the values that are not between `low` and `high`, including NaN. */
export function countOutside(values: usize, count: i32, low: f32, high: f32): i32 {
  const vectors = count & ~3;
  const end = <usize>vectors << 2;
  const lowest = splat(low);
  const highest = splat(high);
  // A true comparison is −1.
  let inside = i32x4.splat(0);
  for (let place: usize = 0; place < end; place += 16) {
    const x = v128.load(values + place);
    inside = i32x4.sub(inside, v128.and(f32x4.ge(x, lowest), f32x4.le(x, highest)));
  }
  let total = i32x4.extract_lane(inside, 0) + i32x4.extract_lane(inside, 1);
  total += i32x4.extract_lane(inside, 2) + i32x4.extract_lane(inside, 3);
  for (let i = vectors; i < count; i++) {
    const x = load<f32>(values + (<usize>i << 2));
    if (x >= low && x <= high) total++;
  }
  return count - total;
}
