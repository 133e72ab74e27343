import { binary, gaussian, nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { createRbm, RbmTrainer, type TrainingOptions } from '../src/index.ts';
import { resolveTrainingOptions } from '../src/internal.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const plain = { visible: { units: binary(), size: 3 }, hidden: { units: binary(), size: 2 } };

const refused: readonly (readonly [TrainingOptions, string])[] = [
  [{ seed: -1 }, 'seed is -1'],
  [{ seed: 0.5 }, 'seed is 0.5'],
  [{ seed: 2 ** 53 }, 'seed is 9007199254740992'],
  [{ batchSize: 0 }, 'batchSize is 0'],
  [{ batchSize: 1.5 }, 'batchSize is 1.5'],
  [{ learningRate: -0.1 }, 'learningRate is -0.1'],
  [{ learningRate: NaN }, 'learningRate is NaN'],
  [
    {
      learningRate: [
        [0, 0.1],
        [1, -1],
      ],
    },
    'learningRate[1] is -1',
  ],
  [{ learningRate: { from: 0.1, to: -0.1, epochs: 2 } }, 'learningRate.to is -0.1'],
  [{ parameterRate: -1 }, 'parameterRate is -1'],
  [{ momentum: 1.1 }, 'momentum is 1.1'],
  [{ momentum: [] }, 'momentum is an empty list'],
  [{ negativePhase: { type: 'cd', steps: 0 } }, 'negativePhase.steps is 0'],
  [{ negativePhase: { type: 'pcd', steps: 30001 } }, 'negativePhase.steps is 30001'],
  [{ negativePhase: { type: 'pcd', chains: 0 } }, 'negativePhase.chains is 0'],
  [{ weightDecay: { l1: -1 } }, 'weightDecay.l1 is -1'],
  [{ weightDecay: { l2: Infinity } }, 'weightDecay.l2 is Infinity'],
  [{ maxNorm: 0 }, 'maxNorm is 0'],
  [{ sparsity: { target: NaN, cost: 1 } }, 'sparsity.target is NaN'],
  [{ sparsity: { target: 0.1, cost: -1 } }, 'sparsity.cost is -1'],
  [{ sparsity: { target: 0.1, cost: 1, decay: 2 } }, 'sparsity.decay is 2'],
  [{ centering: { rate: -0.5 } }, 'centering.rate is -0.5'],
  [{ centering: { rate: 1.5 } }, 'centering.rate is 1.5'],
  [{ checkEvery: 0 }, 'checkEvery is 0'],
  [{ explosionLimit: 0 }, 'explosionLimit is 0'],
];

test.each(refused)('%j is refused by name and value', async (options, message) => {
  await expectNoLeak(() => {
    const rbm = createRbm(plain);
    expect(() => new RbmTrainer(rbm, options)).toThrow(RangeError);
    expect(() => new RbmTrainer(rbm, options)).toThrow(`training options: ${message}, expected`);
    rbm.dispose();
  });
});

test('centering and hidden biases fixed at zero exclude each other', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({ ...plain, hidden: { units: nrelu(), size: 2 }, zeroHiddenBias: true });
    expect(() => resolveTrainingOptions(rbm, { centering: true })).toThrow(
      /centering is on but the hidden biases are fixed at zero.*leave out one of the two/,
    );
    expect(resolveTrainingOptions(rbm, { centering: false }).centeringRate).toBeUndefined();
    rbm.dispose();
  });
});

test('mean reconstructions and a σ that is learned exclude each other', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      ...plain,
      visible: { units: gaussian({ learnSigma: true }), size: 3 },
    });
    expect(() => resolveTrainingOptions(rbm, { reconstruction: 'mean' })).toThrow(
      /reconstruction is mean.*use sample/,
    );
    expect(resolveTrainingOptions(rbm, {}).reconstruction).toBe('sample');
    rbm.dispose();
  });
});

test('defaults are those of the docstrings', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm(plain);
    expect(resolveTrainingOptions(rbm, {})).toEqual({
      name: 'the RBM',
      seed: 0,
      batchSize: 100,
      learningRate: 0.05,
      parameterRate: 0.1,
      momentum: [
        [0, 0.5],
        [5, 0.9],
      ],
      negativePhase: { type: 'cd', steps: 1, chains: 100 },
      reconstruction: 'sample',
      statistics: 'mean',
      l1: 0,
      l2: 0,
      maxNorm: undefined,
      keepZeros: undefined,
      sparsity: undefined,
      centeringRate: undefined,
      checkEvery: 100,
      explosionLimit: 1000,
    });
    const given = resolveTrainingOptions(rbm, {
      centering: true,
      batchSize: 20,
      negativePhase: { type: 'pcd' },
      sparsity: { target: 0.1, cost: 2 },
    });
    expect(given.centeringRate).toBe(0.01);
    expect(given.negativePhase.chains).toBe(20);
    expect(given.sparsity).toEqual({ target: 0.1, cost: 2, decay: 0.95 });
    rbm.dispose();
  });
});

test('means drive the reconstruction of Gaussian units with a fixed σ', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({ ...plain, visible: { units: gaussian(), size: 3 } });
    expect(resolveTrainingOptions(rbm, {}).reconstruction).toBe('mean');
    rbm.dispose();
  });
});
