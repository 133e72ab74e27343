import { binary, nrelu } from '@deepbelief/units';
import { fill, type Rank } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  createRbm,
  localFields,
  RbmTrainer,
  type LocalFieldsOptions,
  type RbmOptions,
  type TrainingOptions,
} from '../src/index.ts';
import { resolveTrainingOptions } from '../src/internal.ts';
import { rowsDataset } from './support/datasets.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const layers = { visible: { units: binary(), size: 3 }, hidden: { units: nrelu(), size: 2 } };

/** What plain JavaScript may pass, and what the error says. */
test.each<[unknown, string]>([
  [
    { negativePhase: { type: 'CD' } },
    'training options: negativePhase.type is "CD", expected one of cd, pcd',
  ],
  [
    { negativePhase: {} },
    'training options: negativePhase.type is missing, expected one of cd, pcd',
  ],
  [
    { negativePhase: 'cd' },
    'training options, negativePhase: the options are "cd", expected an object with type',
  ],
  [
    { negativePhase: { type: 'cd', chains: 10 } },
    'training options: negativePhase.chains is 10, expected none for cd',
  ],
  [
    { weightDecay: 0.001 },
    'training options, weightDecay: the options are 0.001, expected an object with l1, l2',
  ],
  [
    { weightDecay: { L2: 0.001 } },
    'training options, weightDecay: unknown option L2, expected only l1, l2',
  ],
  [
    { weightDecay: { l2: null } },
    'training options: weightDecay.l2 is null, expected a finite number of at least 0',
  ],
  [
    { rate: 0.1 },
    'training options: unknown option rate, expected only name, seed, batchSize, learningRate',
  ],
  [
    { learningRate: '0.1' },
    'training options: learningRate is "0.1", expected a number, [epoch, value] pairs, or',
  ],
  [
    { learningRate: null },
    'training options: learningRate is null, expected a number, [epoch, value] pairs, or',
  ],
  [
    { learningRate: [0.1, 0.2] },
    'training options: learningRate[0] is 0.1, expected an [epoch, value] pair',
  ],
  [
    { momentum: { from: 0, to: 1, epoch: 2 } },
    'training options, momentum: unknown option epoch, expected only from, to, epochs',
  ],
  [
    { batchSize: null },
    'training options: batchSize is null, expected a whole number of at least 1',
  ],
  [
    { reconstruction: 'means' },
    'training options: reconstruction is "means", expected one of mean, sample',
  ],
  [{ statistics: true }, 'training options: statistics is true, expected one of mean, sample'],
  [{ keepZeros: 'yes' }, 'training options: keepZeros is "yes", expected true or false'],
  [
    { sparsity: 0.1 },
    'training options, sparsity: the options are 0.1, expected an object with target, cost, decay',
  ],
  [
    { sparsity: { target: 0.1 } },
    'training options: sparsity.cost is missing, expected a finite number of at least 0',
  ],
  [
    { centering: { share: 0.1 } },
    'training options, centering: unknown option share, expected only rate',
  ],
  [
    { centering: 'on' },
    'training options, centering: the options are "on", expected an object with rate',
  ],
  [{ name: 3 }, 'training options: name is 3, expected a text'],
  ['cd', 'training options: the options are "cd", expected an object with name, seed'],
  [null, 'training options: the options are null, expected an object with name, seed'],
])('training with %j is refused', async (options, message) => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    expect(() => new RbmTrainer(rbm, options as TrainingOptions)).toThrow(message);
    rbm.dispose();
  });
});

test('the negative phase of resolved options can be given again', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    for (const type of ['cd', 'pcd'] as const) {
      const { negativePhase } = resolveTrainingOptions(rbm, {
        batchSize: 20,
        negativePhase: { type },
      });
      expect(resolveTrainingOptions(rbm, { batchSize: 20, negativePhase }).negativePhase).toEqual(
        negativePhase,
      );
    }
    rbm.dispose();
  });
});

test('an option that is undefined counts as left out', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      ...layers,
      seed: undefined,
      visibleMean: undefined,
    } as unknown as RbmOptions);
    const sparsity = { target: 0.1, cost: 1, decay: undefined };
    const trainer = new RbmTrainer(rbm, {
      rate: undefined,
      batchSize: undefined,
      sparsity,
    } as unknown as TrainingOptions);
    expect(trainer.options.batchSize).toBe(100);
    expect(trainer.options.sparsity).toEqual({ target: 0.1, cost: 1, decay: 0.95 });
    trainer.dispose();
    rbm.dispose();
  });
});

test.each<[unknown, string]>([
  [
    { ...layers, weightScal: 1 },
    'createRbm: unknown option weightScal, expected only visible, hidden, seed, weightScale',
  ],
  [
    { ...layers, visible: { units: binary(), size: 3, bias: 1 } },
    'createRbm, visible: unknown option bias, expected only units, size',
  ],
  [
    { ...layers, visible: { units: 'binary', size: 3 } },
    'createRbm: visible.units is "binary", expected a unit type, such as binary()',
  ],
  [
    { visible: layers.visible },
    'createRbm, hidden: the options are missing, expected an object with units, size',
  ],
  [
    { ...layers, visible: { units: binary(), size: '3' } },
    'createRbm: visible.size is "3", expected a whole number of at least 1',
  ],
  [{ ...layers, seed: '1' }, 'createRbm: seed is "1", expected a whole number'],
  [
    { ...layers, weightScale: null },
    'createRbm: weightScale is null, expected a finite number from 0 to 1000000',
  ],
  [{ ...layers, zeroHiddenBias: 1 }, 'createRbm: zeroHiddenBias is 1, expected true or false'],
  [
    { ...layers, visibleMean: 0.5 },
    'createRbm: visibleMean is 0.5, expected numbers, one per visible unit',
  ],
  [
    { ...layers, visibleMean: [0, 1, 2] },
    'createRbm: visibleMean[2] is 2, expected a number from 0 to 1 for binary units',
  ],
  [undefined, 'createRbm: the options are missing, expected an object with visible, hidden'],
])('an RBM of %j is refused', async (options, message) => {
  await expectNoLeak(() => {
    expect(() => createRbm(options as RbmOptions)).toThrow(message);
  });
});

test.each<[unknown, string]>([
  [
    { shape: [2, 2, 1], side: 1, sides: 2 },
    'localFields: unknown option sides, expected only shape, side, seed',
  ],
  [{ shape: 4, side: 1 }, 'localFields: shape is 4, expected [height, width, channels]'],
  [
    { shape: [2, 2, '1'], side: 1 },
    'localFields: shape is "1", expected a whole number of at least 1',
  ],
  [{ shape: [2, 2, 1], side: 1, seed: null }, 'localFields: seed is null, expected a whole number'],
])('local fields of %j are refused', async (options, message) => {
  await expectNoLeak(() => {
    const layer = { weights: fill<Rank.R2>([4, 2], 1) };
    expect(() => localFields(layer, options as LocalFieldsOptions)).toThrow(message);
    layer.weights.dispose();
  });
});

test.each([NaN, -1, 2.5, '3', null])('training for %j epochs is refused', async (epochs) => {
  await expectNoLeak(async () => {
    const rbm = createRbm(layers);
    const trainer = new RbmTrainer(rbm);
    await expect(trainer.epochs(rowsDataset([[1, 0, 1]]), epochs as number).next()).rejects.toThrow(
      /^training the RBM: epochs is [^\n]*, expected a whole number of at least 0$/,
    );
    trainer.dispose();
    rbm.dispose();
  });
});
