import { test } from 'vitest';
import { squaredDistance } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

test('it is the sum of the squared differences', async () => {
  await expectNoLeak(() => {
    const [x, y] = [matrix([[1, 2, -3]]), matrix([[0.5, 4, -3]])];
    expectClose(take(squaredDistance(x, y)), [0.25 + 4]);
    x.dispose();
    y.dispose();
  });
});
