import { binary, gaussian } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { createRbm, reconstructionError } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

test('the reconstruction error is the mean squared difference of a mean-field step up and down', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: gaussian(), size: 2 },
      hidden: { units: binary(), size: 1 },
    });
    setParameter(rbm, 'weights', matrix([[2], [-1]]));
    setParameter(rbm, 'visible.bias', vector([0.5, 0]));
    const visible = matrix([
      [1, 2],
      [0, 0],
    ]);
    // Both rows give the hidden unit input 0, so h = ½ and v is rebuilt as (1.5, −0.5).
    const expected = ((1 - 1.5) ** 2 + (2 + 0.5) ** 2 + 1.5 ** 2 + 0.5 ** 2) / 4;
    expect(await reconstructionError(rbm, visible)).toBeCloseTo(expected, 6);
    visible.dispose();
    rbm.dispose();
  });
});

test('data of the wrong shape are refused', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 2 },
      hidden: { units: binary(), size: 1 },
    });
    const wrong = matrix([[1, 0, 1]]);
    await expect(reconstructionError(rbm, wrong)).rejects.toThrow(
      'visible has shape [1, 3], expected [batch, 2]',
    );
    wrong.dispose();
    rbm.dispose();
  });
});
