import { expect, test } from 'vitest';
import { checkMemory, memoryHere } from '../src/check-memory.ts';

test('a layer that cannot fit is refused with what it needs, what there is, and what would fit', () => {
  // 3 copies of 784 · 10⁹ weights and 784 + 10⁹ biases, 4 bytes each.
  expect(() => checkMemory(784, [1_000_000_000], 8e9)).toThrow(
    /^--layers: layer 1, 1000000000 units on 784, needs at least 9\.42 TB .* has 8\.00 GB: at most (\d+) units of this layer fit$/,
  );
});

test('what is said to fit does, and one unit more does not, also above other layers', () => {
  for (const below of [[], [50], [50, 70]]) {
    const available = 1e6;
    let room = 0;
    try {
      checkMemory(100, [...below, 1e9], available);
    } catch (error) {
      room = Number(/at most (\d+) units/.exec((error as Error).message)?.[1]);
    }
    expect(room).toBeGreaterThan(1);
    expect(() => checkMemory(100, [...below, room], available)).not.toThrow();
    expect(() => checkMemory(100, [...below, room + 1], available)).toThrow(
      /units of this layer fit/,
    );
  }
});

test('where the layers below fill the memory, they are to be smaller', () => {
  expect(() => checkMemory(10, [1000, 1e6], 170_000)).toThrow(
    /layer 2.*units of this layer fit|make the layers below/,
  );
  expect(memoryHere()).toBeGreaterThan(0);
});
