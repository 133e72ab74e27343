import { mapInputs } from '@deepbelief/data';
import { DivergenceError } from '@deepbelief/rbm';
import { gaussian, nrelu } from '@deepbelief/units';
import { mul } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ClassifierTrainer, encodeClassifier, type FineTuningOptions } from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { corners } from './support/toy-data.ts';

const data = corners(20, 0.3, 1);

/** A trainer of a small net of unbounded units. */
function trainerWith(options: FineTuningOptions): ClassifierTrainer {
  const layers = [
    { units: gaussian(), size: 4 },
    { units: nrelu(), size: 4 },
  ];
  return new ClassifierTrainer(smallClassifier(2, layers, 2), { batchSize: 5, ...options });
}

/** Expects a DivergenceError of one line. */
async function divergence(run: Promise<unknown>): Promise<DivergenceError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DivergenceError);
  const found = error as DivergenceError;
  expect(found.message).toMatch(
    /^training of the classifier diverged by step \d+: [^\n]*; likely cause: [^\n]*try [^\n]*$/,
  );
  return found;
}

test.each([
  { title: 'SGD', optimizer: { type: 'sgd' } },
  { title: 'Adam', optimizer: { type: 'adam' } },
] as const)(
  'an absurd rate stops the run, and the parameters are those of the start: $title',
  ({ optimizer }) =>
    expectNoLeak(async () => {
      const trainer = trainerWith({ optimizer, learningRate: 1e6 });
      const start = await encodeClassifier(trainer.classifier);
      const error = await divergence(trainer.epochs(data, 3).next());
      expect(error).toMatchObject({ step: 4, lastGoodStep: 0 });
      expect(error.parameters.length).toBeGreaterThan(0);
      expect(await encodeClassifier(trainer.classifier)).toEqual(start);
      trainer.dispose();
      trainer.classifier.dispose();
    }),
);

test('a rate that becomes absurd leaves the parameters of the last good epoch', () =>
  expectNoLeak(async () => {
    const trainer = trainerWith({
      learningRate: [
        [0, 0.01],
        [2, 1e6],
      ],
    });
    const epochs = trainer.epochs(data, 5);
    await epochs.next();
    await epochs.next();
    const good = await encodeClassifier(trainer.classifier);
    const error = await divergence(epochs.next());
    expect(error).toMatchObject({ step: 12, lastGoodStep: 8 });
    expect(await encodeClassifier(trainer.classifier)).toEqual(good);
    trainer.dispose();
    trainer.classifier.dispose();
  }));

test.each(['sgd', 'adam'] as const)(
  'NaN in the data is refused by its place, and no learning rate is blamed: %s',
  (type) =>
    expectNoLeak(async () => {
      const trainer = trainerWith({ optimizer: { type } });
      const start = await encodeClassifier(trainer.classifier);
      const broken = mapInputs(data, 'broken', [2], (inputs) => mul(inputs, NaN));
      await expect(trainer.epochs(broken, 1).next()).rejects.toThrow(
        /^fine-tuning: value 0 of example 0 is NaN, expected a finite number; replace it, or leave the example out$/,
      );
      expect(await encodeClassifier(trainer.classifier)).toEqual(start);
      trainer.dispose();
      trainer.classifier.dispose();
    }),
);

test('within a long epoch it is noticed at the hundredth step', () =>
  expectNoLeak(async () => {
    const trainer = trainerWith({ batchSize: 1, optimizer: { type: 'sgd' }, learningRate: 1e6 });
    const error = await divergence(trainer.epochs(corners(150, 0.3, 1), 1).next());
    expect(error).toMatchObject({ step: 100, lastGoodStep: 0 });
    trainer.dispose();
    trainer.classifier.dispose();
  }));
