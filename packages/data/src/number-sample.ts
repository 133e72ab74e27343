/** Numbers that are kept. */
const SAMPLE = 2000;

/**
 * Keeps some of many numbers, each with the same chance. The same numbers give the same sample.
 *
 * Source: K.-H. Li, "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", ACM
 * Transactions on Mathematical Software 20 (1994), algorithm L, with the generator of D. Lehmer.
 */
export function numberSample(): { add(value: number): void; readonly numbers: readonly number[] } {
  const numbers: number[] = [];
  let seed = 1;
  let count = 0;
  let next = SAMPLE;
  let weight = 1;
  /** In (0, 1). */
  const uniform = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  function skip(): void {
    weight *= Math.exp(Math.log(uniform()) / SAMPLE);
    next += Math.floor(Math.log(uniform()) / Math.log(1 - weight)) + 1;
  }
  return {
    numbers,
    add(value) {
      if (count < SAMPLE) {
        numbers.push(value);
        if (count === SAMPLE - 1) {
          next = count;
          skip();
        }
      } else if (count === next) {
        numbers[Math.floor(uniform() * SAMPLE)] = value;
        skip();
      }
      count++;
    },
  };
}
