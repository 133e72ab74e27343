/**
 * A sum of exponentials stored as scaled · exp(highest), so that it neither overflows nor
 * underflows.
 */
export interface LogSum {
  readonly highest: number;
  readonly scaled: number;
}

/** The empty sum. Its logarithm is −∞. */
export const emptyLogSum: LogSum = { highest: -Infinity, scaled: 0 };

/** Adds exp(x) for each x in `logs`, in float64. */
export function addExponentials(sum: LogSum, logs: ArrayLike<number>): LogSum {
  let { highest } = sum;
  for (let i = 0; i < logs.length; i++) highest = Math.max(highest, logs[i]!);
  if (highest === -Infinity) return sum;
  let scaled = sum.scaled * Math.exp(sum.highest - highest);
  for (let i = 0; i < logs.length; i++) scaled += Math.exp(logs[i]! - highest);
  return { highest, scaled };
}

/** Returns the logarithm of the sum. */
export function logOfSum({ highest, scaled }: LogSum): number {
  return highest + Math.log(scaled);
}
