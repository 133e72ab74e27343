import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** Sets the backend, and fails every test of the file or group that leaks a tensor. */
export function checkTensors(backend = 'cpu'): void {
  let before = 0;
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(before);
  });
}
