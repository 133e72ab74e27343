import { atStep, randomKey } from '@deepbelief/random';
import { binary } from '@deepbelief/units';
import { dispose } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  createRbm,
  decodeTrainer,
  encodeTrainer,
  negativePhaseKinds,
  RbmTrainer,
  type Rbm,
  type TrainingOptions,
} from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { barsAndStripes, rowsDataset } from './support/datasets.ts';
import { meanLogLikelihood, referenceModel } from './support/enumerated-model.ts';
import {
  expectClose,
  expectNoLeak,
  matrix,
  numbers,
  vector,
} from '@deepbelief/test-support/tensors';

const kind = negativePhaseKinds['fpcd']!;
const patterns = barsAndStripes(2);
const chain = { reconstruction: 'sample', statistics: 'mean' } as const;

function smallRbm(seed = 1): Rbm {
  const visible = { units: binary(), size: 4 };
  return createRbm({ visible, hidden: { units: binary(), size: 6 }, weightScale: 0.3, seed });
}

test('it learns bars and stripes', () =>
  expectNoLeak(async () => {
    const rbm = smallRbm();
    const trainer = new RbmTrainer(rbm, {
      batchSize: 6,
      momentum: 0.5,
      negativePhase: { type: 'fpcd', chains: 50, fastRate: 0.05 },
      learningRate: { from: 0.5, to: 0.05, epochs: 600 },
    });
    const before = meanLogLikelihood(referenceModel(rbm), patterns);
    for await (const { reconstructionError } of trainer.epochs(
      rowsDataset([...patterns, ...patterns]),
      600,
    ))
      expect(reconstructionError).toBeUndefined();
    const after = meanLogLikelihood(referenceModel(rbm), patterns);
    // No model is better than one that knows the six patterns and nothing else.
    const bound = -Math.log(6);
    expect(before).toBeLessThan(bound - 0.8);
    expect(after).toBeGreaterThan(bound - 0.3);
    trainer.dispose();
    rbm.dispose();
  }));

test('with a fast rate of 0 it is PCD, to the last bit', () =>
  expectNoLeak(() => {
    const after = (negativePhase: TrainingOptions['negativePhase']): number[] => {
      const rbm = smallRbm();
      const trainer = new RbmTrainer(rbm, {
        learningRate: 0.2,
        seed: 4,
        negativePhase: negativePhase!,
      });
      const batch = matrix(patterns);
      for (let step = 0; step < 7; step++) trainer.step(batch);
      const weights = numbers(rbm.weights);
      dispose(batch);
      trainer.dispose();
      rbm.dispose();
      return weights;
    };
    expect(after({ type: 'fpcd', chains: 5, steps: 2, fastRate: 0 })).toEqual(
      after({ type: 'pcd', chains: 5, steps: 2 }),
    );
  }));

/** Two units a side, whose hidden biases decide every sample: what the chains do is certain. */
function decidedRbm(): Rbm {
  const layer = { units: binary(), size: 2 };
  const rbm = createRbm({ visible: layer, hidden: layer });
  setParameter(
    rbm,
    'weights',
    matrix([
      [0, 0],
      [0, 0],
    ]),
  );
  setParameter(rbm, 'visible.bias', vector([-60, 60]));
  setParameter(rbm, 'hidden.bias', vector([200, -200]));
  return rbm;
}

test('fast parameters follow the gradient, fade, and drive the chains', () =>
  expectNoLeak(() => {
    const rbm = decidedRbm();
    const options = kind.resolve('test', { type: 'fpcd', fastRate: 2, decay: 0.5 }, 1);
    const visible = matrix([[1, 1]]);
    const hiddenSample = matrix([[1, 0]]);
    const phase = kind.start(options, chain, rbm, visible);
    const advance = (step: number): number[] => {
      const at = { key: atStep(randomKey(1), step), epoch: 0 };
      const statistics = phase.advance(rbm, { visible, hiddenSample }, at);
      const found = numbers(statistics.visible);
      dispose([statistics.visible, statistics.hidden]);
      return found;
    };
    // Without fast parameters the biases alone decide.
    expect(advance(0)).toEqual([0, 1]);
    const gradient = {
      weights: { left: matrix([[1, -1]]), right: matrix([[60, 0]]) },
      visibleBias: vector([1, 0]),
      hiddenBias: vector([0, 0]),
    };
    phase.follow!(gradient, { key: randomKey(1), epoch: 0 });
    expectClose(numbers(phase.state()['weights']!), [120, 0, -120, 0]);
    expectClose(numbers(phase.state()['visibleBias']!), [2, 0]);
    // The hidden input is 200 − 120: h = (1, 0), so that the visible inputs are −60 + 120 + 2 and
    // 60 − 120.
    expect(advance(1)).toEqual([1, 0]);
    phase.follow!(gradient, { key: randomKey(1), epoch: 0 });
    expectClose(numbers(phase.state()['weights']!), [180, 0, -180, 0]);
    expectClose(numbers(phase.state()['visibleBias']!), [3, 0]);
    // The RBM itself has not moved.
    expect(numbers(rbm.weights)).toEqual([0, 0, 0, 0]);
    dispose([visible, hiddenSample, gradient]);
    phase.dispose();
    rbm.dispose();
  }));

test('a checkpoint goes on bit for bit', () =>
  expectNoLeak(async () => {
    const options: TrainingOptions = {
      negativePhase: { type: 'fpcd', chains: 3 },
      batchSize: 2,
      learningRate: 0.3,
    };
    const data = rowsDataset([...patterns]);
    const rbm = smallRbm();
    const trainer = new RbmTrainer(rbm, options);
    let middle: Uint8Array | undefined;
    for await (const { epoch } of trainer.epochs(data, 4))
      if (epoch === 2) middle = await encodeTrainer(trainer);
    const end = await encodeTrainer(trainer);
    const again = decodeTrainer(middle!, 'middle.checkpoint', options);
    for await (const { epoch } of again.epochs(data, 4)) expect(epoch).toBeGreaterThan(2);
    expect(await encodeTrainer(again)).toEqual(end);
    for (const owner of [trainer, rbm, again, again.rbm]) owner.dispose();
  }));

test('options out of range are refused and name themselves', () => {
  const resolve = (options: object) => () => kind.resolve('test', { type: 'fpcd', ...options }, 10);
  expect(resolve({ fastRate: -1 })).toThrow('test: negativePhase.fastRate is -1, expected');
  expect(resolve({ decay: 1.5 })).toThrow('test: negativePhase.decay is 1.5, expected');
  expect(resolve({ chains: 0 })).toThrow('test: negativePhase.chains is 0, expected');
  expect(resolve({ rate: 1 })).toThrow(
    'test, negativePhase: unknown option rate, expected only type, steps, chains, fastRate, decay',
  );
});
