import { parameterTensors, setParameter } from '../src/internal.ts';
import { DivergenceError, type Rbm, RbmTrainer, createRbm } from '../src/index.ts';
import type { Dataset } from '@deepbelief/data';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { randomNormals } from './support/datasets.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

function numbers(rbm: Rbm): Record<string, number[]> {
  const entries = Object.entries(parameterTensors(rbm));
  return Object.fromEntries(entries.map(([name, tensor]) => [name, [...tensor.dataSync()]]));
}

/** Trains until it diverges; the error and the parameters after each step, 0 being the start. */
async function diverge(
  trainer: RbmTrainer,
  data: Dataset,
): Promise<{ error: DivergenceError; after: Record<string, number[]>[] }> {
  const after = [numbers(trainer.rbm)];
  const note = ({ step }: { step: number }): void => {
    after[step] = numbers(trainer.rbm);
  };
  try {
    for await (const report of trainer.epochs(data, 50, note))
      expect(report.epoch).toBeLessThan(50);
  } catch (error) {
    if (error instanceof DivergenceError) return { error, after };
    throw error;
  }
  throw new Error('the run did not diverge');
}

test('an absurd rate stops the run, with layer, step and cause, at the last good state', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: gaussian(), size: 4 },
      hidden: { units: nrelu(), size: 6 },
      weightScale: 0.1,
    });
    const trainer = new RbmTrainer(rbm, {
      name: 'layer 1',
      learningRate: 0.2,
      batchSize: 10,
      checkEvery: 3,
    });
    const { error, after } = await diverge(trainer, randomNormals(100, [3, 3, 3, 3]));
    expect(error.layer).toBe('layer 1');
    expect(error.parameters.join()).toMatch(/weights (is not finite|reached)/);
    expect(error.step).toBe(trainer.position.step);
    expect(error.lastGoodStep).toBeLessThan(error.step);
    expect(error.message).toMatch(
      /^training of layer 1 diverged by step \d+: .*; likely cause: a learning rate too high for gaussian and nrelu units.*the model is back at its last good state, step \d+$/,
    );
    expect(numbers(rbm)).toEqual(after[error.lastGoodStep]);
    expect(Object.values(numbers(rbm)).flat().every(Number.isFinite)).toBe(true);
    trainer.dispose();
    rbm.dispose();
  });
});

test('a parameter above the limit counts as diverged, and is named with its size', async () => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(finitePairs[0]!);
    const trainer = new RbmTrainer(rbm, { explosionLimit: 20 });
    await trainer.check();
    const before = numbers(rbm);
    setParameter(rbm, 'hidden.bias', vector([0, -21, 0]));
    await expect(trainer.check()).rejects.toThrow(
      /hidden.bias reached 21.0; likely cause: a learning rate or momentum/,
    );
    expect(numbers(rbm)).toEqual(before);
    await trainer.check();
    trainer.dispose();
    rbm.dispose();
  });
});

test.each([NaN, Infinity, -Infinity])('one %d among many parameters is found', async (bad) => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 30 },
      hidden: { units: binary(), size: 20 },
    });
    const trainer = new RbmTrainer(rbm);
    await trainer.check();
    const weights = rbm.weights.dataSync().slice();
    weights[123] = bad;
    setParameter(rbm, 'weights', tensor2d(weights, [30, 20]));
    await expect(trainer.check()).rejects.toThrow(DivergenceError);
    trainer.dispose();
    rbm.dispose();
  });
});

test('a run of single steps that was never checked goes back to its start', async () => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(finitePairs[0]!);
    const before = numbers(rbm);
    const trainer = new RbmTrainer(rbm);
    const batch = matrix([[1, 0, 0, 0]]);
    trainer.step(batch);
    setParameter(rbm, 'hidden.bias', vector([0, NaN, 0]));
    await expect(trainer.check()).rejects.toThrow(
      /the model is back at its last good state, step 0/,
    );
    expect(numbers(rbm)).toEqual(before);
    batch.dispose();
    trainer.dispose();
    rbm.dispose();
  });
});
