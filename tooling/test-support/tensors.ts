import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  setBackend,
  tensor1d,
  tensor2d,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

await setBackend('cpu');

/** Runs `body` and expects as many tensors after it as before. */
export async function expectNoLeak<T>(body: () => T | Promise<T>): Promise<T> {
  const before = memory().numTensors;
  const result = await body();
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return result;
}

/** The numbers of a tensor, which stays. */
export function numbers(tensor: Tensor): number[] {
  return [...tensor.dataSync()];
}

/** The numbers of a tensor, which is disposed. */
export function take(tensor: Tensor): number[] {
  const values = numbers(tensor);
  tensor.dispose();
  return values;
}

/** A matrix out of rows of numbers. */
export function matrix(rows: readonly (readonly number[])[]): Tensor2D {
  return tensor2d(rows.map((row) => [...row]));
}

/** A vector out of numbers. */
export function vector(values: readonly number[]): Tensor1D {
  return tensor1d([...values]);
}

/** Expects |actual − expected| ≤ relative·|expected| + absolute at every place. */
export function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: { readonly relative: number; readonly absolute: number } = {
    relative: 2e-6,
    absolute: 2e-6,
  },
  message = '',
): void {
  expect(actual.length, message).toBe(expected.length);
  actual.forEach((value, i) => {
    const target = expected[i]!;
    const allowed = tolerance.relative * Math.abs(target) + tolerance.absolute;
    const near = Math.abs(value - target) <= allowed;
    expect(near, `${message} [${i}]: ${value}, expected ${target} to ${allowed}`).toBe(true);
  });
}
