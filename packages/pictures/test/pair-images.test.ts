import { expect, test } from 'vitest';
import { pairImages } from '../src/index.ts';

test('each image of the second list follows its own of the first', () => {
  const first = Uint8Array.of(1, 2, 3, 4);
  const second = Float32Array.of(10, 20, 30, 40);
  expect([...pairImages(first, second, 2)]).toEqual([1, 2, 10, 20, 3, 4, 30, 40]);
});
