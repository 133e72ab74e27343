import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

await setBackend('cpu');

/** The numbers that `make` computes from one row of inputs; fails when a tensor is left over. */
export function compute(inputs: readonly number[], make: (input: Tensor2D) => Tensor): number[] {
  return computeRows([inputs], make);
}

/** The numbers that `make` computes from rows of inputs; fails when a tensor is left over. */
export function computeRows(
  rows: readonly (readonly number[])[],
  make: (input: Tensor2D) => Tensor,
): number[] {
  const before = memory().numTensors;
  const input = tensor2d(rows.map((row) => [...row]));
  const output = make(input);
  const numbers = [...output.dataSync()];
  if (output !== input) output.dispose();
  input.dispose();
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return numbers;
}

/** The same for a quantity that sums over units: each input in a row of its own. */
export function computeEach(
  inputs: readonly number[],
  make: (input: Tensor2D) => Tensor,
): number[] {
  return computeRows(
    inputs.map((x) => [x]),
    make,
  );
}

/**
 * Expects |actual − expected| ≤ relative·|expected| + absolute at every place, and says where it is
 * worst.
 */
export function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: { relative: number; absolute: number },
  labels: readonly (number | string)[] = actual.map((_, i) => i),
): void {
  expect(actual.length).toBe(expected.length);
  let worst = { excess: 0, text: '' };
  actual.forEach((value, i) => {
    const target = expected[i]!;
    const allowed = tolerance.relative * Math.abs(target) + tolerance.absolute;
    const excess = value === target ? 0 : Math.abs(value - target) / allowed;
    if (!(excess <= worst.excess))
      worst = { excess, text: `at ${labels[i]}: ${value}, expected ${target}` };
  });
  expect(worst.excess, worst.text).toBeLessThanOrEqual(1);
}

/** low, low + step, … up to high. */
export function range(low: number, high: number, step: number): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
}
