import { ModelFileError } from '@deepbelief/rbm';
import { describe, expect, test } from 'vitest';
import {
  decodeClassifierTrainer,
  encodeClassifierTrainer,
  type FineTuningOptions,
} from '../src/index.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { finish, newTrainer } from './support/trained.ts';

const common = {
  batchSize: 4,
  seed: 5,
  learningRate: { from: 0.05, to: 0.01, epochs: 4 },
} as const;
const dropout = { inputs: 0.2, hidden: 0.5 };
const runs: readonly (readonly [string, FineTuningOptions])[] = [
  ['Adam', { ...common }],
  [
    'SGD',
    { ...common, optimizer: { type: 'sgd', momentum: 0.8 }, weightDecay: 0.01, maxNorm: 1.5 },
  ],
  ['Adam with dropout and early stopping', { ...common, dropout, earlyStopping: { patience: 2 } }],
  [
    'SGD with dropout and early stopping',
    { ...common, optimizer: { type: 'sgd' }, dropout, earlyStopping: { patience: 3 } },
  ],
];

/** Fourteen examples in minibatches of four: four steps an epoch. */
const epochs = 4;

describe.each(runs)('%s', (_, options) => {
  test('a run continued from the checkpoint of any step ends with the bytes of an uninterrupted one', () =>
    expectNoLeak(async () => {
      const uninterrupted = await finish(newTrainer(options), epochs);
      const observed = newTrainer(options);
      const checkpoints = [await encodeClassifierTrainer(observed)];
      const ending = await finish(observed, epochs, async () => {
        checkpoints.push(await encodeClassifierTrainer(observed));
      });
      expect(ending, 'checkpoints do not disturb the run').toEqual(uninterrupted);
      expect(checkpoints.length).toBe(1 + uninterrupted.lastReport!.step);
      for (const [step, checkpoint] of checkpoints.entries()) {
        const trainer = decodeClassifierTrainer(checkpoint, `step ${step}`, options);
        expect(trainer.position.step).toBe(step);
        expect(await encodeClassifierTrainer(trainer), `step ${step} read and written`).toEqual(
          checkpoint,
        );
        const { lastReport, ...files } = await finish(trainer, epochs);
        expect(files, `from step ${step}`).toEqual({
          classifier: uninterrupted.classifier,
          checkpoint: uninterrupted.checkpoint,
        });
        expect(lastReport ?? uninterrupted.lastReport).toEqual(uninterrupted.lastReport);
      }
    }));

  test('a run broken off after every step, each time continued from its checkpoint, ends with the same bytes', () =>
    expectNoLeak(async () => {
      const uninterrupted = await finish(newTrainer(options), epochs);
      const broken = new Error('broken off');
      let trainer = newTrainer(options);
      for (let runsLeft = uninterrupted.lastReport!.step; runsLeft > 0; runsLeft--) {
        const current = trainer;
        let checkpoint = new Uint8Array();
        const run = finish(current, epochs, async () => {
          checkpoint = Uint8Array.from(await encodeClassifierTrainer(current));
          throw broken;
        });
        await expect(run).rejects.toBe(broken);
        trainer = decodeClassifierTrainer(checkpoint, 'checkpoint', options);
      }
      const ending = await finish(trainer, epochs);
      expect(ending.classifier).toEqual(uninterrupted.classifier);
      expect(ending.checkpoint).toEqual(uninterrupted.checkpoint);
    }));
});

const base: FineTuningOptions = {
  ...common,
  dropout,
  weightDecay: 0.01,
  earlyStopping: { patience: 2 },
};

test.each<readonly [string, FineTuningOptions]>([
  ['seed', { seed: 6 }],
  ['batchSize', { batchSize: 5 }],
  ['optimizer', { optimizer: { type: 'sgd' } }],
  ['optimizer', { optimizer: { type: 'adam', beta1: 0.8 } }],
  ['learningRate', { learningRate: 0.05 }],
  ['layerRates', { layerRates: [1, 1, 2] }],
  ['weightDecay', { weightDecay: 0.02 }],
  ['maxNorm', { maxNorm: 3 }],
  ['dropout', { dropout: { inputs: 0.2, hidden: 0.4 } }],
  ['patience', { earlyStopping: { patience: 3 } }],
])('another %s than that of the run is refused by name', (name, change) =>
  expectNoLeak(async () => {
    const trainer = newTrainer(base);
    const checkpoint = await encodeClassifierTrainer(trainer);
    expect(() =>
      decodeClassifierTrainer(checkpoint, 'run.checkpoint', { ...base, ...change }),
    ).toThrow(ModelFileError);
    expect(() =>
      decodeClassifierTrainer(checkpoint, 'run.checkpoint', { ...base, ...change }),
    ).toThrow(
      new RegExp(
        `^run.checkpoint: written by a run with other options \\(${name} was .*\\); give the same options`,
      ),
    );
    trainer.dispose();
    trainer.classifier.dispose();
  }),
);

test('the defaults spelled out are the same options', () =>
  expectNoLeak(async () => {
    const trainer = newTrainer({});
    const spelled: FineTuningOptions = {
      seed: 0,
      batchSize: 100,
      optimizer: { epsilon: 1e-8, beta2: 0.999, beta1: 0.9, type: 'adam' },
      layerRates: [1, 1, 1],
      dropout: { inputs: 0 },
    };
    const decoded = decodeClassifierTrainer(
      await encodeClassifierTrainer(trainer),
      'run.checkpoint',
      spelled,
    );
    for (const { classifier, ...owner } of [trainer, decoded].map((t) => ({
      classifier: t.classifier,
      trainer: t,
    }))) {
      owner.trainer.dispose();
      classifier.dispose();
    }
  }));

test('an option out of range, or one that does not go with the classifier, is refused as in a new run', () =>
  expectNoLeak(async () => {
    const trainer = newTrainer(base);
    const checkpoint = await encodeClassifierTrainer(trainer);
    for (const change of [{ batchSize: 0 }, { layerRates: [1] }]) {
      expect(() =>
        decodeClassifierTrainer(checkpoint, 'run.checkpoint', { ...base, ...change }),
      ).toThrow(RangeError);
    }
    trainer.dispose();
    trainer.classifier.dispose();
  }));
