import { ModelFileError } from '@deepbelief/rbm';
import { describe, expect, test } from 'vitest';
import { decodeSiameseTrainer, encodeSiameseTrainer, type SiameseOptions } from '../src/index.ts';
import { finishSiamese, newSiameseTrainer } from './support/siamese-runs.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const common = {
  batchSize: 4,
  seed: 5,
  learningRate: { from: 0.05, to: 0.01, epochs: 3 },
} as const;
const runs: readonly (readonly [string, SiameseOptions])[] = [
  ['Adam with dropout', { ...common, dropout: { inputs: 0.2, hidden: 0.5 } }],
  [
    'SGD',
    { ...common, optimizer: { type: 'sgd', momentum: 0.8 }, weightDecay: 0.01, maxNorm: 1.5 },
  ],
];

/** Fourteen pairs in minibatches of four: four steps an epoch. */
const epochs = 3;

describe.each(runs)('%s', (_, options) => {
  test('a run continued from the checkpoint of any step ends with the bytes of an uninterrupted one', () =>
    expectNoLeak(async () => {
      const uninterrupted = await finishSiamese(newSiameseTrainer(options), epochs);
      const observed = newSiameseTrainer(options);
      const checkpoints = [await encodeSiameseTrainer(observed)];
      const ending = await finishSiamese(observed, epochs, async () => {
        checkpoints.push(await encodeSiameseTrainer(observed));
      });
      expect(ending, 'checkpoints do not disturb the run').toEqual(uninterrupted);
      expect(checkpoints.length).toBe(1 + 4 * epochs);
      for (const [step, checkpoint] of checkpoints.entries()) {
        const trainer = decodeSiameseTrainer(checkpoint, `step ${step}`, options);
        expect(trainer.position.step).toBe(step);
        expect(await encodeSiameseTrainer(trainer), `step ${step} read and written`).toEqual(
          checkpoint,
        );
        const { lastReport, ...files } = await finishSiamese(trainer, epochs);
        expect(files, `from step ${step}`).toEqual({
          siamese: uninterrupted.siamese,
          checkpoint: uninterrupted.checkpoint,
        });
        expect(lastReport ?? uninterrupted.lastReport).toEqual(uninterrupted.lastReport);
      }
    }));
});

test.each<readonly [string, SiameseOptions]>([
  ['seed', { seed: 6 }],
  ['batchSize', { batchSize: 5 }],
  ['optimizer', { optimizer: { type: 'sgd' } }],
  ['learningRate', { learningRate: 0.05 }],
  ['layerRates', { layerRates: [1, 1, 2] }],
  ['weightDecay', { weightDecay: 0.02 }],
])('another %s than that of the run is refused by name', (name, change) =>
  expectNoLeak(async () => {
    const trainer = newSiameseTrainer(common);
    const checkpoint = await encodeSiameseTrainer(trainer);
    const decode = (): unknown =>
      decodeSiameseTrainer(checkpoint, 'run.checkpoint', { ...common, ...change });
    expect(decode).toThrow(ModelFileError);
    expect(decode).toThrow(
      new RegExp(`^run.checkpoint: written by a run with other options \\(${name} was `),
    );
    trainer.dispose();
    trainer.siamese.dispose();
  }),
);
