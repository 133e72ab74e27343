import { expect, test } from 'vitest';
import { interleave } from '../src/pictures/interleave.ts';

test('rows of two lists of pictures lie in turn, whole rows alone', () => {
  const first = Uint8Array.of(1, 2, 3, 4, 5);
  const second = Uint8Array.of(10, 20, 30, 40, 50);
  expect([...interleave(first, second, 1, 2)]).toEqual([1, 2, 10, 20, 3, 4, 30, 40]);
});
