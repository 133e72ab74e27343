import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

await setBackend('cpu');

/** Runs `body`, which disposes what it makes, and fails when a tensor is left over. */
export async function withoutLeaks(body: () => Promise<void> | void): Promise<void> {
  const before = memory().numTensors;
  await body();
  expect(memory().numTensors, 'tensors left over').toBe(before);
}
