import { tidy } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { limitNorms } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

test('columns that are too long are scaled to the limit, the others stay bit for bit', async () => {
  await expectNoLeak(() => {
    // Norms 5, 1 and 0.
    const weights = matrix([
      [3, 0.6, 0],
      [-4, 0.8, 0],
    ]);
    const found = take(tidy(() => limitNorms(weights, 2)));
    expectClose(found, [1.2, 0.6, 0, -1.6, 0.8, 0]);
    expect([found[1], found[4]]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    weights.dispose();
  });
});
