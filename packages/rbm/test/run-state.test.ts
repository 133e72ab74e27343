import { setParameter } from '../src/internal.ts';
import {
  Rbm,
  RbmTrainer,
  type TrainingOptions,
  type TrainingPosition,
  centeredBiases,
  createRbm,
  plainBiases,
} from '../src/index.ts';
import { minibatch, type Dataset } from '@deepbelief/data';
import { binary, gaussian } from '@deepbelief/units';
import {
  scalar,
  tensor2d,
  zeros,
  type Rank,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

const layers = { visible: { units: binary(), size: 6 }, hidden: { units: binary(), size: 4 } };
const pcd: TrainingOptions = {
  negativePhase: { type: 'pcd', chains: 3 },
  centering: true,
  sparsity: { target: 0.1, cost: 1 },
};
const at = (step: number): TrainingPosition => ({ step, epoch: 0, batch: step });

/** What a trainer with the options above keeps after a step. */
const state = (): Record<string, Tensor> => ({
  squaredError: scalar(0),
  'velocity.weights': zeros([6, 4]),
  'velocity.visible.bias': zeros([6]),
  'velocity.hidden.bias': zeros([4]),
  'mean.visible': zeros([6]),
  'mean.hidden': zeros([4]),
  'mean.activity': zeros([4]),
  'chain.fantasy': zeros([3, 6]),
});

test.each<[string, (given: Record<string, Tensor>) => void, string]>([
  [
    'a velocity of another shape',
    (given) => (given['velocity.weights'] = zeros([6, 3])),
    'velocity.weights has shape [6, 3], expected [6, 4]',
  ],
  [
    'chains of another number',
    (given) => (given['chain.fantasy'] = zeros([2, 6])),
    'chain.fantasy has shape [2, 6], expected [3, 6]',
  ],
  [
    'integers',
    (given) => (given['mean.hidden'] = zeros([4], 'int32')),
    'mean.hidden is int32, expected float32',
  ],
  [
    'a name that is not known',
    (given) => (given['velocity.slope'] = zeros([1])),
    'no state of this run is called velocity.slope, expected squaredError, velocity.weights',
  ],
  [
    'a name that is missing',
    (given) => delete given['mean.activity'],
    'mean.activity is missing, expected squaredError, velocity.weights',
  ],
  ['a disposed tensor', (given) => given['mean.hidden']!.dispose(), 'mean.hidden is disposed'],
  [
    'no tensor',
    (given) => (given['mean.hidden'] = 3 as unknown as Tensor),
    'mean.hidden is 3, expected a tensor',
  ],
])('a trainer does not take over %s, nor anything with it', async (_what, change, message) => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    const trainer = new RbmTrainer(rbm, pcd);
    const given = state();
    const all = Object.values(given);
    change(given);
    expect(() => trainer.restore(at(1), given)).toThrow(`RbmTrainer.restore: ${message}`);
    expect(trainer.position.step).toBe(0);
    const batch = matrix([[1, 0, 1, 0, 1, 1]]);
    expect(() => trainer.step(batch)).not.toThrow();
    for (const one of [batch, trainer, rbm, ...all, ...Object.values(given)])
      if (typeof one === 'object') one.dispose();
  });
});

test.each<[unknown, string]>([
  [{ step: 1.5, epoch: 0, batch: 0 }, 'position.step is 1.5, expected a whole number'],
  [{ step: 1, epoch: -1, batch: 0 }, 'position.epoch is -1'],
  [{ step: 1, epoch: 0 }, 'position.batch is missing'],
])('the position %j is refused', async (position, message) => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    const trainer = new RbmTrainer(rbm);
    expect(() => trainer.restore(position as TrainingPosition, {})).toThrow(
      `RbmTrainer.restore: ${message}`,
    );
    trainer.dispose();
    rbm.dispose();
  });
});

test('a state that fits is taken over, and training goes on', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    const trainer = new RbmTrainer(rbm, pcd);
    trainer.restore(at(1), state());
    const batch = matrix([[1, 0, 1, 0, 1, 1]]);
    trainer.step(batch);
    expect(trainer.position).toEqual({ step: 2, epoch: 0, batch: 1 });
    for (const owner of [batch, trainer, rbm]) owner.dispose();
  });
});

test('an RBM is not made of tensors that do not fit its layers', async () => {
  await expectNoLeak(() => {
    const { visible, hidden, weights } = createRbm({
      ...layers,
      visible: { units: gaussian({ learnSigma: true }), size: 6 },
    });
    const wrong = tensor2d([[1]]);
    expect(() => new Rbm(visible, hidden, wrong, false)).toThrow(
      'Rbm: weights has shape [1, 1], expected [6, 4]',
    );
    expect(() => new Rbm({ ...visible, bias: hidden.bias }, hidden, weights, false)).toThrow(
      'Rbm: visible.bias has shape [4], expected [6]',
    );
    expect(() => new Rbm({ ...visible, parameters: {} }, hidden, weights, false)).toThrow(
      'Rbm: visible.logPrecision is missing, expected a tensor',
    );
    const rbm = new Rbm(visible, hidden, weights, false);
    expect(() => setParameter(rbm, 'weights', wrong)).toThrow(
      'setParameter: weights has shape [1, 1]',
    );
    wrong.dispose();
    rbm.dispose();
  });
});

test('offsets and biases of centering have one number a unit', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm(layers);
    const offsets = { visible: zeros<Rank.R1>([6]), hidden: vector([1, 2]) };
    expect(() => centeredBiases(rbm, offsets)).toThrow(
      'centeredBiases: offsets.hidden has shape [2]',
    );
    expect(() => plainBiases(rbm, offsets, offsets)).toThrow(
      'plainBiases: centered.hidden has shape [2]',
    );
    for (const owner of [offsets.visible, offsets.hidden, rbm]) owner.dispose();
  });
});

test('a dataset that gives fewer minibatches than its size says is refused, as its means would be wrong', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm(layers);
    const trainer = new RbmTrainer(rbm, { batchSize: 1 });
    const data = (size: number): Dataset => ({
      name: 'short',
      shape: [6],
      size,
      async *batches() {
        await Promise.resolve();
        yield minibatch(tensor2d([[1, 0, 1, 0, 1, 0]]) satisfies Tensor2D);
      },
    });
    await expect(trainer.epochs(data(3), 1).next()).rejects.toThrow(
      'training the RBM: short gave 1 minibatches in an epoch, expected 3 for its size',
    );
    await expect(trainer.epochs(data(0), 1).next()).rejects.toThrow(
      'the size of short is 0, expected a whole number',
    );
    trainer.dispose();
    rbm.dispose();
  });
});
