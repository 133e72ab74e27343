import { normals, randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { scaledNormals } from '../src/index.ts';
import { expectNoLeak, take } from '@deepbelief/test-support/tensors';

test('they are the normals of the key, row by row, times the scale', async () => {
  await expectNoLeak(() => {
    const found = scaledNormals(randomKey(4), [3, 5], 0.5);
    expect(found.shape).toEqual([3, 5]);
    expect(take(found)).toEqual([...normals(randomKey(4), 15)].map((value) => value / 2));
  });
});
