import { nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { createRbm, hiddenActivity } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

test('activity is that of the features: means, the share of dead units, the share of active values', async () => {
  await expectNoLeak(async () => {
    const layer = { units: nrelu(), size: 2 };
    const rbm = createRbm({ visible: layer, hidden: { units: nrelu(), size: 4 } });
    setParameter(
      rbm,
      'weights',
      matrix([
        [1, -1, 0, 0.005],
        [1, 0, 0, 0],
      ]),
    );
    setParameter(rbm, 'hidden.bias', vector([0, 1.5, -1, 0]));
    const visible = matrix([
      [1, 2],
      [2, 0],
    ]);
    // Features: [3, 0.5, 0, 0.005] and [2, 0, 0, 0.01].
    const found = await hiddenActivity(rbm, visible, 0.02);
    expect([...found.perUnit].map((value) => Number(value.toFixed(6)))).toEqual([
      2.5, 0.25, 0, 0.0075,
    ]);
    expect([...found.activePerUnit]).toEqual([1, 0.5, 0, 0]);
    expect(found.mean).toBeCloseTo(2.7575 / 4, 6);
    expect(found.dead).toBe(0.5);
    expect(found.active).toBe(3 / 8);
    expect((await hiddenActivity(rbm, visible, 0.004)).dead).toBe(0.25);
    visible.dispose();
    rbm.dispose();
  });
});
