import { decodeBundle } from '@deepbelief/training';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { dispose } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  Classifier,
  classifierFromDbn,
  ClassifierTrainer,
  decodeClassifier,
  decodeClassifierTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
} from '../src/index.ts';
import { smallClassifier, smallDbn, titled } from './support/nets.ts';
import { expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
];

describe.each(titled)('a classifier of %s units', (_, units) => {
  test('comes back from its file the same in every byte and logit', () =>
    expectNoLeak(async () => {
      const classifier = smallClassifier(
        3,
        [
          { units, size: 4 },
          { units, size: 2, zeroBias: true },
        ],
        3,
      );
      const bytes = await encodeClassifier(classifier);
      const decoded = decodeClassifier(bytes, 'net.safetensors');
      expect(await encodeClassifier(decoded)).toEqual(bytes);
      expect(decoded.layers.map((layer) => layer.units.config)).toEqual([
        units.config,
        units.config,
      ]);
      expect(decoded.layers.map(({ zeroBias }) => zeroBias)).toEqual([false, true]);
      const x = matrix(inputs);
      expect(take(decoded.logits(x))).toEqual(take(classifier.logits(x)));
      for (const owner of [x, decoded, classifier]) owner.dispose();
    }));
});

test('a learned σ comes from the stack into the classifier and through its file', () =>
  expectNoLeak(async () => {
    const dbn = smallDbn([
      { units: binary(), size: 3 },
      { units: gaussian({ learnSigma: true }), size: 4 },
    ]);
    const learned = numbers(dbn.layers[0]!.hidden.parameters.logPrecision!);
    expect(learned).not.toContain(0);
    const classifier = classifierFromDbn(dbn, 2);
    const decoded = decodeClassifier(await encodeClassifier(classifier), 'net.safetensors');
    expect(numbers(decoded.layers[0]!.parameters.logPrecision!)).toEqual(learned);
    for (const owner of [decoded, classifier, dbn]) owner.dispose();
  }));

test('a classifier without hidden layers comes back', () =>
  expectNoLeak(async () => {
    const classifier = smallClassifier(3, [], 4);
    const bytes = await encodeClassifier(classifier);
    const decoded = decodeClassifier(bytes, 'net.safetensors');
    expect([decoded.inputs, decoded.classes, decoded.layers.length]).toEqual([3, 4, 0]);
    expect(await encodeClassifier(decoded)).toEqual(bytes);
    decoded.dispose();
    classifier.dispose();
  }));

test('a file holds the layers and the softmax, but no biases that are fixed at zero', () =>
  expectNoLeak(async () => {
    const layers = [
      { units: nrelu(), size: 4, zeroBias: true },
      { units: gaussian({ learnSigma: true }), size: 2 },
    ];
    const classifier = smallClassifier(3, layers, 3);
    const { config, tensors } = decodeBundle(
      await encodeClassifier(classifier),
      'net.safetensors',
      'classifier',
    );
    expect(config).toEqual({
      inputs: 3,
      layers: layers.map(({ units, size, zeroBias = false }) => ({
        units: units.config,
        size,
        zeroBias,
      })),
      classes: 3,
    });
    expect(
      Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    ).toEqual({
      'layer1.weights': [3, 4],
      'layer2.weights': [4, 2],
      'layer2.bias': [2],
      'layer2.logPrecision': [2],
      'output.weights': [2, 3],
      'output.bias': [3],
    });
    dispose(tensors);
    classifier.dispose();
  }));

test('the names of the classes are in the file, and in a checkpoint', () =>
  expectNoLeak(async () => {
    const plain = smallClassifier(3, [], 3);
    const named = new Classifier(plain.layers, plain.output, ['3', '5', '7']);
    const bytes = await encodeClassifier(named);
    const decoded = decodeClassifier(bytes, 'net.safetensors');
    expect(decoded.classNames).toEqual(['3', '5', '7']);
    expect(await encodeClassifier(decoded)).toEqual(bytes);
    const trainer = new ClassifierTrainer(named);
    const again = decodeClassifierTrainer(await encodeClassifierTrainer(trainer), 'net.checkpoint');
    expect(again.classifier.classNames).toEqual(['3', '5', '7']);
    for (const owner of [again, again.classifier, trainer, decoded, named]) owner.dispose();
  }));

test('names that do not fit the classes are refused', () =>
  expectNoLeak(() => {
    const plain = smallClassifier(3, [], 3);
    for (const names of [
      ['a', 'b'],
      ['a', 'b', 'b'],
      ['a', 'b', 'c', 'd'],
    ]) {
      expect(() => new Classifier(plain.layers, plain.output, names)).toThrow(
        /^Classifier: classNames is .* expected 3 different names/,
      );
    }
    plain.dispose();
  }));
