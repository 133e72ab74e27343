import { useBackend } from '@deepbelief/backend';
import { binary, gaussian, softmax } from '@deepbelief/units';
import {
  copyRegisteredKernels,
  findBackend,
  registerBackend,
  removeBackend,
  setBackend,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { DivergenceError, RbmTrainer } from '../src/index.ts';
import { good, numbers, rbmOf, rowsInTurn } from './support/unfit-data.ts';

/** Runs on a backend whose numbers count as costly to read: the cpu backend under another name. */
async function onSlowlyRead(body: () => Promise<void>): Promise<void> {
  await useBackend({ backend: 'cpu' });
  const cpu = findBackend('cpu');
  registerBackend('slowly-read', () => Object.create(cpu) as typeof cpu);
  copyRegisteredKernels('cpu', 'slowly-read');
  try {
    await setBackend('slowly-read');
    await body();
  } finally {
    await setBackend('cpu');
    removeBackend('slowly-read');
  }
}

describe('where numbers cannot be read at once, as on a GPU,', () => {
  test('the next check finds unfit data, tells how many values, and puts the last good state back', () =>
    onSlowlyRead(async () => {
      const rbm = rbmOf(binary());
      const trainer = new RbmTrainer(rbm, { name: 'layer 1', batchSize: 1, checkEvery: 2 });
      const after: number[][] = [];
      const rows = [good, good, good, [0, 9, 9, 0], good];
      const run = trainer.epochs(rowsInTurn(rows), 1, () => void after.push(numbers(rbm))).next();
      await expect(run).rejects.toThrow(
        'training layer 1: the last minibatches have 2 values that are not as expected, a number from 0 to 1 for binary units; scale the data',
      );
      expect(trainer.position.step).toBe(4);
      expect(numbers(rbm)).toEqual(after[1]);
      trainer.dispose();
      rbm.dispose();
    }));

  test('softmax groups that do not sum to 1 are counted', () =>
    onSlowlyRead(async () => {
      const rbm = rbmOf(softmax({ groupSize: 2 }));
      const trainer = new RbmTrainer(rbm, { name: 'layer 1' });
      const batch = tensor2d([
        [1, 1, 0, 0],
        [0, 1, 1, 0],
      ]);
      trainer.step(batch);
      await expect(trainer.check()).rejects.toThrow(
        'training layer 1: the last minibatches have 2 values that are not as expected, a number from 0 to 1 for softmax units, or groups whose sum is not 1, as for each group of 2 softmax units; give each',
      );
      for (const owner of [batch, trainer, rbm]) owner.dispose();
    }));

  test('NaN is found before the numbers that it spoils: no learning rate is blamed', () =>
    onSlowlyRead(async () => {
      const rbm = rbmOf(gaussian());
      const trainer = new RbmTrainer(rbm);
      const before = numbers(rbm);
      const batch = tensor2d([[1, NaN, 0, 0]]);
      trainer.step(batch);
      const error: unknown = await trainer.check().catch((reason: unknown) => reason);
      expect(error).not.toBeInstanceOf(DivergenceError);
      expect((error as Error).message).toMatch(
        /the last minibatches have 1 value that is not as expected, a finite number/,
      );
      expect(numbers(rbm)).toEqual(before);
      for (const owner of [batch, trainer, rbm]) owner.dispose();
    }));

  test('the first minibatch is looked at before the first step', () =>
    onSlowlyRead(async () => {
      const rbm = rbmOf(binary());
      const trainer = new RbmTrainer(rbm, { batchSize: 1 });
      await expect(trainer.epochs(rowsInTurn([[0, 9, 0, 0], good]), 1).next()).rejects.toThrow(
        'training the RBM: value 1 of example 0 is 9, expected a number from 0 to 1',
      );
      expect(trainer.position.step).toBe(0);
      trainer.dispose();
      rbm.dispose();
    }));
});
