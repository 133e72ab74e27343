/** Statistics of numbers. */
export interface NumberMoments {
  readonly numbers: number;
  readonly mean: number;
  /** Standard deviation, with the count as divisor. */
  readonly deviation: number;
  readonly lowest: number;
  readonly highest: number;
  /** Whether all are whole. */
  readonly whole: boolean;
}

/**
 * Finds the moments of numbers, one after another.
 *
 * Source: B. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4 (1962).
 */
export function numberMoments(): { add(value: number): void; finish(): NumberMoments } {
  // Fields of an object change in place; each new number of a captured variable is allocated.
  const sums = { numbers: 0, mean: 0, squares: 0, lowest: Infinity, highest: -Infinity };
  let whole = true;
  return {
    add(value) {
      sums.numbers++;
      const difference = value - sums.mean;
      sums.mean += difference / sums.numbers;
      sums.squares += difference * (value - sums.mean);
      if (value < sums.lowest) sums.lowest = value;
      if (value > sums.highest) sums.highest = value;
      if (whole && !Number.isInteger(value)) whole = false;
    },
    finish() {
      const { squares, ...others } = sums;
      return { ...others, deviation: Math.sqrt(squares / Math.max(1, sums.numbers)), whole };
    },
  };
}
