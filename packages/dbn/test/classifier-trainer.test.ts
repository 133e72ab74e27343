import { inMemoryDataset, type Dataset } from '@deepbelief/data';
import { binary, gaussian, nrelu, spin } from '@deepbelief/units';
import { expect, test } from 'vitest';
import {
  classificationError,
  ClassifierTrainer,
  encodeClassifier,
  randomClassifier,
  type Classifier,
  type FineTuningOptions,
  type FineTuningReport,
} from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { referenceLoss, referenceNet } from './support/reference-net.ts';
import { expectClose, expectNoLeak } from '@deepbelief/test-support/tensors';
import { corners } from './support/toy-data.ts';

/** A net of eight rectified units from random weights. */
function net(): Classifier {
  return randomClassifier({ inputs: 2, layers: [{ units: nrelu(), size: 8 }], classes: 2 });
}

async function train(
  trainer: ClassifierTrainer,
  data: Dataset,
  epochs: number,
): Promise<FineTuningReport[]> {
  const reports: FineTuningReport[] = [];
  for await (const report of trainer.epochs(data, epochs)) reports.push(report);
  return reports;
}

/** The file of a net after three epochs. */
async function trainedBytes(options: FineTuningOptions): Promise<Uint8Array> {
  const classifier = net();
  const trainer = new ClassifierTrainer(classifier, options);
  await train(trainer, corners(20, 0.3, 1), 3);
  const bytes = await encodeClassifier(classifier);
  trainer.dispose();
  classifier.dispose();
  return bytes;
}

test.each([
  { title: 'Adam, rectified units', units: nrelu(), options: { learningRate: 0.03 } },
  {
    title: 'SGD, spin units',
    units: spin(),
    options: { optimizer: { type: 'sgd' }, learningRate: 0.1 },
  },
  {
    title: 'Adam with dropout, binary units',
    units: binary(),
    options: { learningRate: 0.1, dropout: { hidden: 0.1 } },
  },
] as const)(
  'it learns two classes that no linear rule tells apart without an error: $title',
  ({ units, options }) =>
    expectNoLeak(async () => {
      const data = corners(60, 0.2, 1);
      const classifier = randomClassifier({ inputs: 2, layers: [{ units, size: 10 }], classes: 2 });
      const trainer = new ClassifierTrainer(classifier, { ...options, batchSize: 10 });
      expect(await classificationError(classifier, data)).toBeGreaterThan(0.25);
      const reports = await train(trainer, data, 40);
      expect(await classificationError(classifier, data)).toBe(0);
      expect(await classificationError(classifier, corners(60, 0.2, 2)), 'on new data').toBe(0);
      const losses = reports.map(({ loss }) => loss);
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
      trainer.dispose();
      classifier.dispose();
    }),
);

test('reports count epochs and steps, and give the mean loss of the minibatches', () =>
  expectNoLeak(async () => {
    const data = corners(10, 0.3, 1);
    const classifier = smallClassifier(2, [{ units: gaussian(), size: 3 }], 2);
    const examples = await data.inputsAt(Uint32Array.from({ length: 10 }, (_, i) => i));
    const inputs = await examples.array();
    examples.dispose();
    const loss = referenceLoss(referenceNet(classifier), { inputs, labels: [...data.labels!] });
    // At rate 0 every epoch has the loss of the start, the smaller last minibatch weighted by its
    // size.
    const trainer = new ClassifierTrainer(classifier, { batchSize: 4, learningRate: 0 });
    const reports = await train(trainer, data, 2);
    expect(reports).toMatchObject([
      { epoch: 1, step: 3, validationError: undefined },
      { epoch: 2, step: 6, validationError: undefined },
    ]);
    expectClose(
      reports.map((report) => report.loss),
      [loss, loss],
      { relative: 1e-5, absolute: 0 },
    );
    expect(trainer.position).toEqual({
      step: 6,
      epoch: 2,
      batch: 0,
      bestError: null,
      bestEpoch: 0,
    });
    trainer.dispose();
    classifier.dispose();
  }));

test('after each step it waits for onStep, which sees the position', () =>
  expectNoLeak(async () => {
    const classifier = net();
    const trainer = new ClassifierTrainer(classifier, { batchSize: 4 });
    const seen: string[] = [];
    const onStep = async ({
      step,
      epoch,
      batch,
    }: {
      step: number;
      epoch: number;
      batch: number;
    }): Promise<void> => {
      await Promise.resolve();
      seen.push(`${step} ${epoch} ${batch}`);
    };
    for await (const report of trainer.epochs(corners(10, 0.3, 1), 2, undefined, onStep))
      seen.push(`epoch ${report.epoch}`);
    expect(seen).toEqual([
      '1 0 1',
      '2 0 2',
      '3 1 0',
      'epoch 1',
      '4 1 1',
      '5 1 2',
      '6 2 0',
      'epoch 2',
    ]);
    trainer.dispose();
    classifier.dispose();
  }));

test('broken off in the middle of an epoch, it goes on from the same minibatch to the same bytes', () =>
  expectNoLeak(async () => {
    const options = { batchSize: 4, dropout: { hidden: 0.5 } };
    const classifier = net();
    const trainer = new ClassifierTrainer(classifier, options);
    const stop = new Error('stop');
    const data = corners(20, 0.3, 1);
    const iterator = trainer.epochs(data, 3, undefined, ({ step }) => {
      if (step === 7) throw stop;
    });
    await expect(async () => {
      for await (const { epoch } of iterator) expect(epoch).toBe(1);
    }).rejects.toBe(stop);
    expect(trainer.position).toMatchObject({ step: 7, epoch: 1, batch: 2 });
    await train(trainer, data, 3);
    expect(await encodeClassifier(classifier)).toEqual(await trainedBytes(options));
    trainer.dispose();
    classifier.dispose();
  }));

test('the same seed gives the same bytes, another seed gives others', () =>
  expectNoLeak(async () => {
    const options = { batchSize: 5, dropout: { inputs: 0.2, hidden: 0.5 } };
    const bytes = await trainedBytes({ ...options, seed: 3 });
    expect(await trainedBytes({ ...options, seed: 3 })).toEqual(bytes);
    expect(await trainedBytes({ ...options, seed: 4 })).not.toEqual(bytes);
    expect(await trainedBytes({ batchSize: 5, seed: 3 }), 'without dropout').not.toEqual(bytes);
  }));

test('epochs done already are not done again', () =>
  expectNoLeak(async () => {
    const classifier = net();
    const trainer = new ClassifierTrainer(classifier);
    const data = corners(10, 0.3, 1);
    expect((await train(trainer, data, 2)).length).toBe(2);
    expect(await train(trainer, data, 2)).toEqual([]);
    expect((await train(trainer, data, 3)).map(({ epoch }) => epoch)).toEqual([3]);
    trainer.dispose();
    classifier.dispose();
  }));

const values = Float32Array.of(1, 2, 3, 4, 5, 6);
test.each([
  [
    'without labels',
    inMemoryDataset({ name: 'bare', inputs: values, shape: [2] }),
    'bare has 3 examples of 2 values and no classes',
  ],
  [
    'of another width',
    inMemoryDataset({ name: 'wide', inputs: values, shape: [3], labels: [0, 1] }),
    'wide has 2 examples of 3 values',
  ],
  [
    'of more classes',
    inMemoryDataset({ name: 'many', inputs: values, shape: [2], labels: [0, 1, 2] }),
    'values and 3 classes',
  ],
])('data %s are refused, for training and for validation', (_, unfit, problem) =>
  expectNoLeak(async () => {
    const classifier = net();
    const trainer = new ClassifierTrainer(classifier);
    const expected = `${problem}${problem.includes('classes') ? '' : ' and 2 classes'}, expected examples of 2 values`;
    await expect(trainer.epochs(unfit, 1).next()).rejects.toThrow(expected);
    await expect(trainer.epochs(corners(10, 0.3, 1), 1, unfit).next()).rejects.toThrow(expected);
    expect(trainer.position.step).toBe(0);
    trainer.dispose();
    classifier.dispose();
  }),
);
