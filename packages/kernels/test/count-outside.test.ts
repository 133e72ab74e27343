import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend, tensor, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { countOutside } from '../src/index.ts';

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  function count(states: Tensor, low: number, high: number): number {
    const before = memory().numTensors;
    const result = countOutside(states, low, high);
    expect([result.dtype, result.shape]).toEqual(['int32', []]);
    const value = result.dataSync()[0]!;
    result.dispose();
    expect(memory().numTensors, 'tensors left over').toBe(before);
    states.dispose();
    return value;
  }
  const all = (): Tensor =>
    tensor2d([NaN, -Infinity, Infinity, -3e38, 3e38, -1, -0, 0, 0.5, 1, 1.0000001, 2], [3, 4]);

  test('values beyond the bounds, NaN and infinities are counted; the bounds themselves are inside', () => {
    expect(count(all(), 0, 1)).toBe(8);
    expect(count(all(), -1, 2)).toBe(5);
    expect(count(all(), 0, 0)).toBe(10);
  });

  test('with infinite bounds only NaN and the infinities are outside', () => {
    expect(count(all(), -Infinity, Infinity)).toBe(3);
    expect(count(all(), 0, Infinity)).toBe(5);
    expect(count(all(), -Infinity, 0)).toBe(8);
    expect(count(all(), -1e300, 1e300)).toBe(3);
  });

  test('a bound that float32 cannot hold is rounded as the data are', () => {
    expect(count(tensor([0.1]), 0, 0.1)).toBe(0);
    expect(count(tensor([0.1]), 0.1, 1)).toBe(0);
    expect(count(tensor([0.1]), 0, 0.0999)).toBe(1);
  });

  test('integers, booleans, other ranks and empty tensors are counted too', () => {
    expect(
      count(
        tensor(
          [
            [-1, 0],
            [1, 255],
          ],
          undefined,
          'int32',
        ),
        0,
        1,
      ),
    ).toBe(2);
    expect(count(tensor([true, false], undefined, 'bool'), 1, 1)).toBe(1);
    expect(count(tensor(7), 0, 1)).toBe(1);
    expect(count(tensor2d([], [0, 4]), 0, 1)).toBe(0);
  });

  test('bounds that are not a range and states that are not numbers are refused', () => {
    const states = tensor([1]);
    for (const [low, high] of [
      [NaN, 1],
      [0, NaN],
      [1, 0],
    ] as const) {
      expect(() => countOutside(states, low, high)).toThrow(
        `countOutside: the bounds are ${low} and ${high}, expected two numbers, the lower first`,
      );
    }
    const words = tensor(['a']);
    expect(() => countOutside(words, 0, 1)).toThrow(
      'countOutside: states is string, expected float32',
    );
    words.dispose();
    states.dispose();
    expect(() => countOutside(states, 0, 1)).toThrow('countOutside: states is disposed');
  });
});
