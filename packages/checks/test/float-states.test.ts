import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  tensor1d,
  tensor2d,
  tidy,
  zeros,
  type Rank,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { floatStates } from '../src/index.ts';

test('float32 is returned as it is; integers and booleans keep their values', async () => {
  const before = memory().numTensors;
  for (const dtype of ['float32', 'int32', 'bool'] as const) {
    const given = tensor2d([[1, 0, 1]], [1, 3], dtype);
    const states = tidy(() => floatStates('f', 'visible', given, 3));
    expect(states === given).toBe(dtype === 'float32');
    expect(states.dtype).toBe('float32');
    expect([...(await states.data())]).toEqual([1, 0, 1]);
    states.dispose();
    given.dispose();
  }
  expect(memory().numTensors).toBe(before);
});

test('a value that is not a batch of states is refused; the error says what was expected', () => {
  const disposed = zeros<Rank.R2>([2, 3]);
  disposed.dispose();
  const cases: [unknown, RegExp][] = [
    [disposed, /^f: visible is disposed, expected a tensor/],
    [[[1, 2, 3]], /^f: visible is \[\[1,2,3\]\], expected a tensor/],
    [undefined, /^f: visible is missing, expected a tensor/],
    [tensor2d([[1, 2]]), /^f: visible has shape \[1, 2\], expected \[batch, 3\]$/],
    [tensor1d([1, 2, 3]), /^f: visible has shape \[3\], expected \[batch, 3\]$/],
    [tensor2d([], [0, 3]), /^f: visible has shape \[0, 3\], .* with a row or more$/],
    [tensor2d([['a', 'b', 'c']]), /^f: visible is string, expected float32/],
  ];
  for (const [given, message] of cases) {
    expect(() => floatStates('f', 'visible', given as Tensor2D, 3)).toThrow(message);
    if (given !== disposed && !Array.isArray(given)) (given as Tensor2D | undefined)?.dispose();
  }
});
