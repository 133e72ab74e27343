import { inMemoryDataset } from '@deepbelief/data';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { classificationError, Classifier } from '../src/index.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

/** Puts a number in class 1 if it is above 0. */
function signClassifier(): Classifier {
  return new Classifier([], { weights: tensor2d([[-1, 1]]), bias: tensor1d([0, 0]) });
}

test('it is the share of examples in the wrong class, over minibatches of any size', () =>
  expectNoLeak(async () => {
    const size = 2500;
    // Every tenth example bears the other class's label.
    const inputs = Float32Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const labels = Uint8Array.from({ length: size }, (_, i) => (i % 10 === 0 ? 0 : 1 - (i % 2)));
    const classifier = signClassifier();
    const data = inMemoryDataset({ name: 'signs', inputs, shape: [1], labels });
    expect(await classificationError(classifier, data)).toBe(0.1);
    classifier.dispose();
  }));

test('it is 0 where all are right and 1 where all are wrong', () =>
  expectNoLeak(async () => {
    const classifier = signClassifier();
    const inputs = Float32Array.of(1, -2, 3);
    const right = inMemoryDataset({ name: 'right', inputs, shape: [1], labels: [1, 0, 1] });
    const wrong = inMemoryDataset({ name: 'wrong', inputs, shape: [1], labels: [0, 1, 0] });
    expect(await classificationError(classifier, right)).toBe(0);
    expect(await classificationError(classifier, wrong)).toBe(1);
    classifier.dispose();
  }));

test('data without labels or of another width are refused', () =>
  expectNoLeak(async () => {
    const classifier = signClassifier();
    const inputs = Float32Array.of(1, -2, 3, 4);
    const unlabeled = inMemoryDataset({ name: 'unlabeled', inputs, shape: [1] });
    await expect(classificationError(classifier, unlabeled)).rejects.toThrow(
      new RangeError(
        'classificationError: unlabeled has 4 examples and 0 classes, expected labeled examples',
      ),
    );
    const wide = inMemoryDataset({ name: 'wide', inputs, shape: [2], labels: [0, 1] });
    await expect(classificationError(classifier, wide)).rejects.toThrow(
      /has shape \[2, 2\], expected \[batch, 1\]/,
    );
    classifier.dispose();
  }));
