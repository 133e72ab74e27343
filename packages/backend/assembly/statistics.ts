// What both phases of a training step give to the gradient, in one pass over each matrix.
import { multiplyAdd, splat } from './vector-math';

/**
 * Copies `rows` rows to `out`, each value times `factor`, and adds them, times `share`, to the vector `sums`.
 *
 * @param rows of `columns` floats, without gaps
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
  const vectors = columns & ~3;
  for (let row = 0; row < rows; row++) {
    const start = (<usize>row * <usize>columns) << 2;
    const from = matrix + start;
    const to = out + start;
    for (let j = 0; j < vectors; j += 4) {
      const place = <usize>j << 2;
      const x = v128.load(from + place);
      v128.store(to + place, f32x4.mul(x, splat(factor)));
      v128.store(sums + place, multiplyAdd(x, splat(share), v128.load(sums + place)));
    }
    for (let j = vectors; j < columns; j++) {
      const place = <usize>j << 2;
      const x = load<f32>(from + place);
      store<f32>(to + place, x * factor);
      store<f32>(sums + place, load<f32>(sums + place) + x * share);
    }
  }
}
