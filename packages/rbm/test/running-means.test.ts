import { binary, gaussian } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { createRbm, RbmTrainer } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { expectClose, expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

test('running means start at the first minibatch and follow the next ones at their rates', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: gaussian(), size: 2 },
      hidden: { units: binary(), size: 1 },
    });
    setParameter(rbm, 'hidden.bias', vector([50]));
    const trainer = new RbmTrainer(rbm, {
      centering: { rate: 0.25 },
      sparsity: { target: 0.5, cost: 0, decay: 0.75 },
      learningRate: 0,
    });
    const first = matrix([
      [1, 2],
      [3, 4],
    ]);
    const second = matrix([[6, -1]]);
    trainer.step(first);
    expectClose([...trainer.state()['mean.visible']!.dataSync()], [2, 3]);
    trainer.step(second);
    expectClose(
      [...trainer.state()['mean.visible']!.dataSync()],
      [0.75 * 2 + 0.25 * 6, 0.75 * 3 - 0.25],
    );
    expectClose([...trainer.state()['mean.hidden']!.dataSync()], [1]);
    setParameter(rbm, 'hidden.bias', vector([-50]));
    trainer.step(second);
    expectClose([...trainer.state()['mean.hidden']!.dataSync()], [0.75]);
    expectClose([...trainer.state()['mean.activity']!.dataSync()], [0.75]);
    trainer.step(second);
    expectClose([...trainer.state()['mean.activity']!.dataSync()], [0.75 ** 2]);
    for (const tensor of [first, second]) tensor.dispose();
    trainer.dispose();
    rbm.dispose();
  });
});

test('a run without centering and sparsity keeps no means', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: binary(), size: 2 },
      hidden: { units: binary(), size: 1 },
    });
    const trainer = new RbmTrainer(rbm);
    const batch = matrix([[1, 0]]);
    trainer.step(batch);
    expect(Object.keys(trainer.state())).toEqual([
      'squaredError',
      'velocity.weights',
      'velocity.visible.bias',
      'velocity.hidden.bias',
    ]);
    batch.dispose();
    trainer.dispose();
    rbm.dispose();
  });
});
