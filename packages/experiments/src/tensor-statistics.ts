/** Statistics of a tensor's values. */
export interface TensorStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
  /** Euclidean norm. */
  readonly norm: number;
}

/** Computes the statistics of values in one pass, in float64; zeros for no values. */
export function tensorStatistics(values: Float32Array): TensorStatistics {
  let [minimum, maximum, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    sum += value;
    squares += value * value;
  }
  const count = values.length;
  if (count === 0) return { count, minimum: 0, maximum: 0, mean: 0, sd: 0, norm: 0 };
  const mean = sum / count;
  const sd = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { count, minimum, maximum, mean, sd, norm: Math.sqrt(squares) };
}
