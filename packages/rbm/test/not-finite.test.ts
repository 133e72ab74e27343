import { checkFinite } from '@deepbelief/training';
import { useBackend } from '@deepbelief/backend';
import { randomKey } from '@deepbelief/random';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import {
  createRbm,
  decodeTrainer,
  DivergenceError,
  encodeRbm,
  encodeTrainer,
  gibbs,
  hiddenActivity,
  NotFiniteError,
  RbmTrainer,
  reconstructionError,
  type Rbm,
} from '../src/index.ts';
import { parameterTensors, setParameter } from '../src/internal.ts';
import { randomNormals } from './support/datasets.ts';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test('a chain of NReLUs on NReLUs that overflows stops with step, layer, cause and remedy', async () => {
    await useBackend({ backend });
    await expectNoLeak(() => {
      const layer = { units: nrelu(), size: 40 };
      const rbm = createRbm({ visible: layer, hidden: layer, weightScale: 0.2, seed: 1 });
      const start = matrix([Array.from({ length: 40 }, () => 1)]);
      const run = (): unknown => gibbs(rbm, start, randomKey(1), 1000);
      expect(run).toThrow(NotFiniteError);
      expect(run).toThrow(
        /^gibbs: \d+ of 40 nrelu states of the (visible|hidden) layer at step \d+ of 1000 are not finite; likely cause: weights too large for nrelu and nrelu units[^\n]*take fewer steps[^\n]*$/,
      );
      start.dispose();
      rbm.dispose();
    });
  });
});

test('figures of a model that overflowed are errors, not numbers', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: gaussian(), size: 2 },
      hidden: { units: nrelu(), size: 2 },
    });
    setParameter(rbm, 'hidden.bias', vector([NaN, 0]));
    const data = matrix([[1, 2]]);
    await expect(reconstructionError(rbm, data)).rejects.toThrow(
      /^reconstructionError: the result is NaN, expected/,
    );
    await expect(hiddenActivity(rbm, data)).rejects.toThrow(
      /^hiddenActivity: 1 of 2 mean activations are not finite/,
    );
    await expect(checkFinite('here', 'numbers', rbm.hidden.bias, 'the test')).rejects.toThrow(
      new NotFiniteError('here: 1 of 2 numbers are not finite; likely cause: the test'),
    );
    data.dispose();
    rbm.dispose();
  });
});

test.each([NaN, Infinity])('no file is written of an RBM with %d in it', async (bad) => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 2 },
      hidden: { units: binary(), size: 2 },
    });
    setParameter(rbm, 'visible.bias', vector([0, bad]));
    await expect(encodeRbm(rbm)).rejects.toThrow(
      new RegExp(
        `^writing the rbm: visible.bias has ${bad} at 1, expected finite numbers; likely cause: training diverged`,
      ),
    );
    rbm.dispose();
  });
});

describe('a run that diverges between two checks', () => {
  const options = {
    learningRate: [
      [0, 0.001],
      [1, 50],
    ] as [number, number][],
    batchSize: 10,
    checkEvery: 1000,
  };
  const data = randomNormals(60, [3, 3, 3, 3]);
  const start = (): Rbm =>
    createRbm({
      visible: { units: gaussian(), size: 4 },
      hidden: { units: nrelu(), size: 6 },
      weightScale: 0.1,
    });
  const numbers = (rbm: Rbm): number[] =>
    Object.values(parameterTensors(rbm)).flatMap((one) => [...one.dataSync()]);

  test.each(['cpu', 'wasm'] as const)(
    'leaves a good checkpoint, which loads and goes on: %s',
    async (backend) => {
      await useBackend({ backend });
      await expectNoLeak(async () => {
        const trainer = new RbmTrainer(start(), options);
        let checkpoint: Uint8Array | undefined;
        const save = async (): Promise<void> => {
          checkpoint = await encodeTrainer(trainer);
        };
        const run = async (): Promise<void> => {
          for await (const { epoch } of trainer.epochs(data, 9, save)) expect(epoch).toBe(1);
        };
        await expect(run()).rejects.toThrow(DivergenceError);
        const resumed = decodeTrainer(checkpoint!, 'run.checkpoint', options);
        expect(numbers(resumed.rbm)).toEqual(numbers(trainer.rbm));
        expect(resumed.position.step).toBeGreaterThanOrEqual(6);
        // With the same rate it ends in the same way; the checkpoint stays.
        await expect(resumed.epochs(data, 9).next()).rejects.toThrow(DivergenceError);
        for (const owner of [trainer, trainer.rbm, resumed, resumed.rbm]) owner.dispose();
      });
    },
  );

  test('is not encoded afterwards either: its velocities are bad still', async () => {
    await expectNoLeak(async () => {
      const rbm = start();
      const trainer = new RbmTrainer(rbm, { learningRate: 1e30 });
      const batch = matrix([[3, -3, 3, -3]]);
      for (let i = 0; i < 3; i++) trainer.step(batch);
      await expect(encodeTrainer(trainer)).rejects.toThrow(DivergenceError);
      expect(numbers(rbm).every(Number.isFinite)).toBe(true);
      await expect(encodeTrainer(trainer)).rejects.toThrow(/velocity\.\S+ is not finite/);
      for (const owner of [batch, trainer, rbm]) owner.dispose();
    });
  });
});
