import { useBackend } from '@deepbelief/backend';
import { minibatch, type Dataset, type PairDataset } from '@deepbelief/data';
import { binary } from '@deepbelief/units';
import {
  copyRegisteredKernels,
  findBackend,
  registerBackend,
  removeBackend,
  setBackend,
  tensor1d,
  type DataType,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  classificationError,
  ClassifierTrainer,
  encodeClassifier,
  fitSiameseOutput,
  logisticLine,
  pairProbabilities,
  SiameseTrainer,
  verificationError,
} from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { smallSiamese } from './support/pairs.ts';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

const layers = [{ units: binary(), size: 4 }];
const rows = [
  [1, 0, 1],
  [0, 1, 1],
];

const classesOf = (classes: number): string =>
  `a whole number from 0 to ${classes - 1}, the classes of the classifier`;

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test.each<[number[], DataType, string]>([
    [[0, 3], 'int32', `label 1 is 3, expected ${classesOf(3)}; number the classes from 0`],
    [[-1, 0], 'int32', `label 0 is -1, expected ${classesOf(3)}`],
    [[0, 1.5], 'float32', `label 1 is 1.5, expected ${classesOf(3)}`],
    [[NaN, 1], 'float32', `label 0 is NaN, expected ${classesOf(3)}`],
    [[0, 1, 2], 'int32', 'labels has shape [3], expected [2], one per example'],
    [[0], 'int32', 'labels has shape [1], expected [2], one per example'],
  ])(
    'a step of a classifier refuses the labels %j in %s and changes nothing',
    async (labels, dtype, message) => {
      await useBackend({ backend });
      await expectNoLeak(async () => {
        const classifier = smallClassifier(3, layers, 3);
        const trainer = new ClassifierTrainer(classifier);
        const before = await encodeClassifier(classifier);
        const [x, y] = [matrix(rows), tensor1d(labels, dtype)];
        expect(() => trainer.step(x, y)).toThrow(RangeError);
        expect(() => trainer.step(x, y)).toThrow(`fine-tuning: ${message}`);
        expect(await encodeClassifier(classifier)).toEqual(before);
        expect(trainer.position.step).toBe(0);
        for (const owner of [x, y, trainer, classifier]) owner.dispose();
      });
    },
  );

  test.each<[number[], DataType, string]>([
    [[0, 2], 'int32', 'label 1 is 2, expected 1 for a pair that shows the same, or 0'],
    [[0.5, 1], 'float32', 'label 0 is 0.5, expected 1 for a pair that shows the same, or 0'],
    [[1], 'int32', 'same has shape [1], expected [2]'],
  ])('a step of a Siamese net refuses the labels %j in %s', async (labels, dtype, message) => {
    await useBackend({ backend });
    await expectNoLeak(() => {
      const siamese = smallSiamese(3, layers);
      const trainer = new SiameseTrainer(siamese);
      const [x, same] = [matrix(rows), tensor1d(labels, dtype)];
      expect(() => trainer.step(x, x, same)).toThrow(`fine-tuning: ${message}`);
      for (const owner of [x, same, trainer, siamese]) owner.dispose();
    });
  });
});

/** Somebody's own dataset of one minibatch, whose labels nobody checked. */
const labeled = (labels: number[], size = rows.length): Dataset => ({
  name: 'own data',
  shape: [3],
  size,
  classes: 3,
  async *batches() {
    await Promise.resolve();
    yield minibatch(matrix(rows), tensor1d(labels, 'int32'));
  },
});

/** The same for pairs. */
const pairsOf = (same: number[], size = rows.length): PairDataset => ({
  name: 'own pairs',
  shape: [3],
  size,
  async *batches() {
    await Promise.resolve();
    const [first, second, truth] = [matrix(rows), matrix(rows), tensor1d(same, 'int32')];
    const dispose = (): void => [first, second, truth].forEach((tensor) => tensor.dispose());
    yield { first, second, same: truth, dispose };
  },
});

test("labels of one's own dataset are looked at in training and in counting errors", async () => {
  await expectNoLeak(async () => {
    const classifier = smallClassifier(3, layers, 3);
    const trainer = new ClassifierTrainer(classifier);
    await expect(trainer.epochs(labeled([0, 7]), 1).next()).rejects.toThrow(
      'fine-tuning: label 1 is 7, expected',
    );
    await expect(classificationError(classifier, labeled([0, 7]))).rejects.toThrow(
      `classificationError of own data: label 1 is 7, expected ${classesOf(3)}`,
    );
    await expect(classificationError(classifier, labeled([0, 1], 3))).rejects.toThrow(
      'classificationError: own data gave 2 examples, expected 3, its size',
    );
    expect([0, 0.5, 1]).toContain(await classificationError(classifier, labeled([0, 1])));
    trainer.dispose();
    classifier.dispose();
  });
});

test("labels of one's own pairs are looked at in training, in probabilities and in fitting the output", async () => {
  await expectNoLeak(async () => {
    const siamese = smallSiamese(3, layers);
    const trainer = new SiameseTrainer(siamese);
    const wrong = pairsOf([1, -1]);
    await expect(trainer.epochs(wrong, 1).next()).rejects.toThrow(
      'fine-tuning: label 1 is -1, expected 1 for',
    );
    for (const look of [pairProbabilities, verificationError, fitSiameseOutput]) {
      await expect(look(siamese, wrong)).rejects.toThrow(
        'own pairs: label 1 is -1, expected 1 for a pair',
      );
      await expect(look(siamese, pairsOf([1, 0], 3))).rejects.toThrow(
        'own pairs gave 2 pairs or more, expected 3, its size',
      );
      await expect(look(siamese, pairsOf([1, 0], 1))).rejects.toThrow(
        'own pairs gave 2 pairs or more, expected 1, its size',
      );
    }
    trainer.dispose();
    siamese.dispose();
  });
});

test('a line is not fitted to nothing, nor to what is not finite', () => {
  expect(() => logisticLine([], [])).toThrow(
    'logisticLine: the number of values is 0, expected a whole number of at least 1',
  );
  expect(() => logisticLine([1, NaN], [0, 1])).toThrow(
    'logisticLine: value 1 is NaN, expected a finite number',
  );
  expect(() => logisticLine([1, 2], [0, 2])).toThrow(
    'logisticLine: target 1 is 2, expected a finite number from 0 to 1',
  );
  expect(() => logisticLine([1, 2], [0])).toThrow(
    'logisticLine: 1 targets, expected 2, one per value',
  );
});

test('where numbers cannot be read at once, as on a GPU, the first check finds the label and puts the net back', async () => {
  await useBackend({ backend: 'cpu' });
  const cpu = findBackend('cpu');
  registerBackend('slowly-read', () => Object.create(cpu) as typeof cpu);
  copyRegisteredKernels('cpu', 'slowly-read');
  try {
    await setBackend('slowly-read');
    const classifier = smallClassifier(3, layers, 3);
    const trainer = new ClassifierTrainer(classifier);
    const before = await encodeClassifier(classifier);
    await expect(trainer.epochs(labeled([0, 7]), 1).next()).rejects.toThrow(
      `fine-tuning: the last minibatches have 1 label that is not as expected, ${classesOf(3)}`,
    );
    expect(await encodeClassifier(classifier)).toEqual(before);
    trainer.dispose();
    classifier.dispose();
  } finally {
    await setBackend('cpu');
    removeBackend('slowly-read');
  }
});
