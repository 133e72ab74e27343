import { useBackend } from '@deepbelief/backend';
import { inMemoryDataset } from '@deepbelief/data';
import { randomKey } from '@deepbelief/random';
import {
  binary,
  binomial,
  gaussian,
  mixed,
  nrelu,
  softmax,
  spin,
  type Units,
} from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import { gibbs, pseudoLikelihood, RbmTrainer } from '../src/index.ts';
import { good, numbers, rbmOf, rowsInTurn } from './support/unfit-data.ts';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

const unfit: readonly (readonly [string, Units, readonly number[], string])[] = [
  [
    'a value that the binary part of a mixed layer does not have',
    mixed([
      { units: gaussian(), size: 1 },
      { units: binary(), size: 2 },
      { units: spin(), size: 1 },
    ]),
    [7, 1, 3, -1],
    'value 2 of example 1 is 3, expected a number from 0 to 1 for binary units (part 2, values 1 to 2); scale',
  ],
  [
    'a softmax part of a mixed layer with two units on',
    mixed([
      { units: gaussian(), size: 2 },
      { units: softmax({ groupSize: 2 }), size: 2 },
    ]),
    [7, -7, 1, 1],
    'group 0 of example 1 sums to 2, expected 1, as for each group of 2 softmax units; give each',
  ],
  [
    'NaN in a mixed layer',
    mixed([
      { units: gaussian(), size: 3 },
      { units: spin(), size: 1 },
    ]),
    [0, NaN, 0, 1],
    'value 1 of example 1 is NaN, expected a finite number (part 1, values 0 to 2); replace it',
  ],
  [
    'bytes',
    binary(),
    [0, 255, 1, 0],
    'value 1 of example 1 is 255, expected a number from 0 to 1 for binary units; scale the data',
  ],
  [
    'numbers below a range',
    nrelu(),
    [0, 3, -2, 0],
    'value 2 of example 1 is -2, expected a finite number of at least 0 for nrelu units; scale',
  ],
  [
    'more than all copies',
    binomial({ copies: 4 }),
    [0, 4, 5, 0],
    'value 2 of example 1 is 5, expected a number from 0 to 4 for binomial units; scale',
  ],
  [
    'numbers beyond spins',
    spin(),
    [1, -1, 1, -1.5],
    'value 3 of example 1 is -1.5, expected a number from -1 to 1 for spin units; scale',
  ],
  [
    'a softmax group with two units on',
    softmax({ groupSize: 2 }),
    [0, 1, 1, 1],
    'group 1 of example 1 sums to 2, expected 1, as for each group of 2 softmax units; give each group a single 1',
  ],
  [
    'a softmax group that is empty',
    softmax({ groupSize: 4 }),
    [0, 0, 0, 0],
    'group 0 of example 1 sums to 0, expected 1, as for each group of 4 softmax units; give each group a single 1',
  ],
  [
    'probabilities of a softmax group that sum to less than 1',
    softmax({ groupSize: 2 }),
    [0.5, 0.25, 0, 1],
    'group 0 of example 1 sums to 0.75, expected 1, as for each group of 2 softmax units; give each group a single',
  ],
  [
    'a number outside the range of softmax units',
    softmax({ groupSize: 2 }),
    [2, -1, 0, 1],
    'value 0 of example 1 is 2, expected a number from 0 to 1 for softmax units; scale',
  ],
  [
    'NaN among softmax units',
    softmax({ groupSize: 2 }),
    [1, 0, NaN, 1],
    'value 2 of example 1 is NaN, expected a number from 0 to 1 for softmax units; replace it',
  ],
  [
    'NaN',
    binary(),
    [0, NaN, 1, 0],
    'value 1 of example 1 is NaN, expected a number from 0 to 1 for binary units; replace it',
  ],
  [
    'an infinite number',
    gaussian(),
    [0, 3, 1, -Infinity],
    'value 3 of example 1 is -Infinity, expected a finite number; replace it, or leave the example out',
  ],
];

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test.each(unfit)(
    'a step refuses %s, by place and value, before it changes anything',
    async (_, units, row, message) => {
      await useBackend({ backend });
      await expectNoLeak(() => {
        const rbm = rbmOf(units);
        const trainer = new RbmTrainer(rbm, {
          name: 'layer 2',
          negativePhase: { type: 'pcd' },
          centering: true,
        });
        const fits = units.type === 'softmax' && units.groupSize === 4 ? [0, 1, 0, 0] : good;
        const batch = matrix([fits, row]);
        const before = numbers(rbm);
        expect(() => trainer.step(batch)).toThrow(RangeError);
        expect(() => trainer.step(batch)).toThrow(`training layer 2: ${message}`);
        expect(numbers(rbm)).toEqual(before);
        expect(trainer.position.step).toBe(0);
        expect(
          Object.keys(trainer.state()).filter((name) => !/^(velocity|squaredError)/.test(name)),
        ).toEqual([]);
        for (const owner of [batch, trainer, rbm]) owner.dispose();
      });
    },
  );

  test('NaN in the midst of an epoch stops the run, and the learning rate is not blamed', async () => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const rbm = rbmOf(binary());
      const trainer = new RbmTrainer(rbm, { batchSize: 1 });
      const run = trainer.epochs(rowsInTurn([good, good, [1, 0, NaN, 0], good]), 1).next();
      await expect(run).rejects.toThrow(
        'training the RBM: value 2 of example 0 is NaN, expected a number from 0 to 1',
      );
      expect(trainer.position.step).toBe(2);
      await expect(trainer.check()).resolves.toBeUndefined();
      trainer.dispose();
      rbm.dispose();
    });
  });
});

test('bytes as floats do not train binary units: the first minibatch is refused', async () => {
  await expectNoLeak(async () => {
    const rbm = rbmOf(binary());
    const data = inMemoryDataset({
      name: 'bytes',
      inputs: Float32Array.of(255, 0, 128, 7),
      shape: [4],
    });
    const trainer = new RbmTrainer(rbm);
    await expect(trainer.epochs(data, 1).next()).rejects.toThrow('value 0 of example 0 is 255');
    trainer.dispose();
    rbm.dispose();
  });
});

test('probabilities, the ends of a range and what rounding leaves beyond them fit', async () => {
  await expectNoLeak(() => {
    const rbm = rbmOf(binary());
    const trainer = new RbmTrainer(rbm);
    const batch = matrix([[0, 0.5, 1 + 1e-6, -1e-6]]);
    expect(() => trainer.step(batch)).not.toThrow();
    for (const owner of [batch, trainer, rbm]) owner.dispose();
  });
});

test.each(['cpu', 'wasm'] as const)(
  'on %s, one-hot groups and probabilities that sum to 1 within 0.01 fit softmax units',
  async (backend) => {
    await useBackend({ backend });
    await expectNoLeak(() => {
      const rbm = rbmOf(softmax({ groupSize: 4 }));
      const trainer = new RbmTrainer(rbm);
      const batch = matrix([
        [0, 0, 1, 0],
        [0.1, 0.2, 0.3, 0.4],
        [0.33, 0.33, 0.33, 0.005],
        [0.335, 0.335, 0.335, 0],
      ]);
      expect(() => trainer.step(batch)).not.toThrow();
      for (const owner of [batch, trainer, rbm]) owner.dispose();
    });
  },
);

test('chains start, and pseudo-likelihoods are taken, at states of the visible units alone', async () => {
  await expectNoLeak(async () => {
    const rbm = rbmOf(binary());
    const start = matrix([good, [0, 2, 0, 0]]);
    expect(() => gibbs(rbm, start, randomKey(1), 2)).toThrow(
      'gibbs: value 1 of example 1 is 2, expected a number from 0',
    );
    await expect(pseudoLikelihood(rbm, start, randomKey(1))).rejects.toThrow(
      'pseudoLikelihood: value 1 of example 1 is 2',
    );
    start.dispose();
    rbm.dispose();
  });
});

test('chains start at softmax groups that sum to 1', async () => {
  await expectNoLeak(() => {
    const rbm = rbmOf(softmax({ groupSize: 2 }));
    const start = matrix([good, [0, 0, 0, 1]]);
    const message =
      'group 0 of example 1 sums to 0, expected 1, as for each group of 2 softmax units';
    expect(() => gibbs(rbm, start, randomKey(1), 2)).toThrow(`gibbs: ${message}`);
    start.dispose();
    rbm.dispose();
  });
});
