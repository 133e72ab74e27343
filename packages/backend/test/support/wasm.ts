import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

await setBackend('wasm');
await ready();

/** Runs `body` and expects as many tensors after it as before. */
export async function expectNoLeak<T>(body: () => T | Promise<T>): Promise<T> {
  const before = memory().numTensors;
  const result = await body();
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return result;
}

/**
 * Numbers in (−1, 1) that depend only on their index, without a pattern that survives
 * transposition.
 */
export function spread(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

/**
 * Expects |actual − expected| within what float32 sums of `depth` products of numbers below 1 may
 * lose.
 */
export function expectSums(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  depth: number,
  what = '',
): void {
  expect(actual.length, what).toBe(expected.length);
  const allowed = 4e-7 * (Math.sqrt(depth) + 1) * 4;
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    worst = error <= worst ? worst : error;
  }
  expect(worst, what).toBeLessThanOrEqual(allowed);
}
