import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
} from '@deepbelief/units';
import { tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  Classifier,
  classifierFromDbn,
  ClassifierTrainer,
  Dbn,
  randomClassifier,
} from '../src/index.ts';
import { smallClassifier, smallDbn, titled } from './support/nets.ts';
import { referenceLogits, referenceNet } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
  [-0.7, 0.1, 0.5],
];

describe.each(titled)('with %s units', (_, units) => {
  test('logits, probabilities and classes are those of the float64 net', () =>
    expectNoLeak(() => {
      const classifier = smallClassifier(
        3,
        [
          { units, size: 4 },
          { units, size: 2 },
        ],
        3,
      );
      const x = matrix(inputs);
      const net = referenceNet(classifier);
      const logits = inputs.map((__, row) => referenceLogits(net, { inputs, labels: [] }, row));
      const probabilities = logits.map((row) => {
        const sum = row.reduce((total, logit) => total + Math.exp(logit), 0);
        return row.map((logit) => Math.exp(logit) / sum);
      });
      expectClose(take(classifier.logits(x)), logits.flat(), { relative: 5e-6, absolute: 5e-6 });
      expectClose(take(classifier.probabilities(x)), probabilities.flat(), {
        relative: 1e-5,
        absolute: 1e-6,
      });
      expect(take(classifier.predict(x))).toEqual(
        logits.map((row) => row.indexOf(Math.max(...row))),
      );
      x.dispose();
      classifier.dispose();
    }));

  test('from a stack, hidden layers keep the features and every class is equally probable', () =>
    expectNoLeak(() => {
      const dbn = smallDbn([
        { units: gaussian(), size: 3 },
        { units, size: 4 },
        { units, size: 2 },
      ]);
      const classifier = classifierFromDbn(dbn, 5);
      const x = matrix(inputs);
      expectClose(
        take(classifier.probabilities(x)),
        Array.from({ length: 15 }, () => 0.2),
      );
      const bare = new Classifier(classifier.layers, {
        weights: tensor2d([
          [1, 0],
          [0, 1],
        ]),
        bias: zeros([2]),
      });
      expect(take(bare.logits(x))).toEqual(take(dbn.features(x)));
      bare.output.weights.dispose();
      bare.output.bias.dispose();
      for (const owner of [x, classifier, dbn]) owner.dispose();
    }));
});

test.each(['sgd', 'adam'] as const)(
  'the first step of a classifier from a stack moves the softmax alone, with %s',
  (type) =>
    expectNoLeak(() => {
      const dbn = smallDbn([
        { units: gaussian(), size: 3 },
        { units: binary(), size: 4 },
      ]);
      const classifier = classifierFromDbn(dbn, 2);
      const trainer = new ClassifierTrainer(classifier, { optimizer: { type }, learningRate: 0.1 });
      const x = matrix(inputs);
      const y = tensor1d([0, 1, 0], 'int32');
      const [layer] = classifier.layers;
      const weights = numbers(layer!.weights);
      trainer.step(x, y);
      expect(numbers(layer!.weights)).toEqual(weights);
      expect(numbers(classifier.output.weights)).not.toContain(0);
      trainer.step(x, y);
      expect(numbers(layer!.weights)).not.toEqual(weights);
      expect(numbers(dbn.layers[0]!.weights), "the stack's own").toEqual(weights);
      for (const owner of [x, y, trainer, classifier, dbn]) owner.dispose();
    }),
);

test('a classifier from a stack keeps which biases are fixed at zero and outlives the stack', () =>
  expectNoLeak(() => {
    const dbn = smallDbn([
      { units: gaussian(), size: 3 },
      { units: nrelu(), size: 4, zeroBias: true },
      { units: binary(), size: 2 },
    ]);
    const classifier = classifierFromDbn(dbn, 2);
    dbn.dispose();
    expect(classifier.layers.map(({ zeroBias }) => zeroBias)).toEqual([true, false]);
    const x = matrix(inputs);
    expectClose(
      take(classifier.probabilities(x)),
      Array.from({ length: 6 }, () => 0.5),
    );
    expect([classifier.inputs, classifier.classes]).toEqual([3, 2]);
    x.dispose();
    classifier.dispose();
  }));

describe('random weights', () => {
  const [inputSize, size] = [100, 200];
  const rectified = [nrelu(), relu(), steppedSigmoid()].map((units) => ({
    units,
    variance: 2 / inputSize,
  }));
  const others = [
    binary(),
    spin(),
    gaussian(),
    binomial({ copies: 2 }),
    softmax({ groupSize: 2 }),
  ].map((units) => ({
    units,
    variance: 2 / (inputSize + size),
  }));

  test.each([...rectified, ...others])(
    'of $units.type units have mean 0 and variance $variance',
    ({ units, variance }) =>
      expectNoLeak(() => {
        const classifier = randomClassifier({
          inputs: inputSize,
          layers: [{ units, size }],
          classes: 2,
        });
        const values = numbers(classifier.layers[0]!.weights);
        const count = values.length;
        const mean = values.reduce((sum, value) => sum + value, 0) / count;
        const square = values.reduce((sum, value) => sum + value * value, 0) / count;
        // Five standard deviations of the mean and of the mean square of normal numbers.
        expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / count));
        expect(Math.abs(square / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
        expect(
          new Set([...numbers(classifier.layers[0]!.bias), ...numbers(classifier.output.weights)]),
        ).toEqual(new Set([0]));
        classifier.dispose();
      }),
  );

  test('are the same for the same seed, others for another, and others in each layer', () =>
    expectNoLeak(() => {
      const layers = [
        { units: binary(), size: 3 },
        { units: binary(), size: 3 },
      ];
      const weights = (seed?: number): number[][] => {
        const classifier = randomClassifier({
          inputs: 3,
          layers,
          classes: 2,
          ...(seed === undefined ? {} : { seed }),
        });
        const values = classifier.layers.map((layer) => numbers(layer.weights));
        classifier.dispose();
        return values;
      };
      expect(weights(4)).toEqual(weights(4));
      expect(weights()).toEqual(weights(0));
      expect(weights(4)).not.toEqual(weights(5));
      expect(weights(4)[0]).not.toEqual(weights(4)[1]);
    }));

  test('come with what the unit type learns of its own, so that the net computes', () =>
    expectNoLeak(() => {
      const units = gaussian({ sigma: 2, learnSigma: true });
      const classifier = randomClassifier({
        inputs: 3,
        layers: [{ units, size: 2, zeroBias: true }],
        classes: 2,
      });
      expectClose(numbers(classifier.layers[0]!.parameters.logPrecision!), [
        -Math.log(4),
        -Math.log(4),
      ]);
      expect(classifier.layers[0]!.zeroBias).toBe(true);
      const x = matrix(inputs);
      expect(take(classifier.predict(x)).length).toBe(3);
      x.dispose();
      classifier.dispose();
    }));

  const layer = { units: binary(), size: 2 };
  test.each([
    ['inputs is 0', { inputs: 0, layers: [layer], classes: 2 }],
    ['layers[1].size is 1.5', { inputs: 3, layers: [layer, { ...layer, size: 1.5 }], classes: 2 }],
    [
      'size is 5',
      { inputs: 3, layers: [{ units: softmax({ groupSize: 2 }), size: 5 }], classes: 2 },
    ],
    ['classes is 1', { inputs: 3, layers: [layer], classes: 1 }],
    ['seed is -1', { inputs: 3, layers: [layer], classes: 2, seed: -1 }],
  ])('are refused where %s', (problem, options) =>
    expectNoLeak(() => {
      expect(() => randomClassifier(options)).toThrow(RangeError);
      expect(() => randomClassifier(options)).toThrow(problem);
    }),
  );
});

test('a classifier of no stack, or of fewer than two classes, is refused', () =>
  expectNoLeak(() => {
    expect(() => classifierFromDbn(new Dbn(), 2)).toThrow(/there is no layer yet/);
    const dbn = smallDbn([
      { units: binary(), size: 3 },
      { units: binary(), size: 2 },
    ]);
    for (const classes of [1, 2.5, NaN]) {
      expect(() => classifierFromDbn(dbn, classes)).toThrow(
        new RangeError(
          `classifierFromDbn: classes is ${classes}, expected a whole number of at least 2`,
        ),
      );
    }
    dbn.dispose();
  }));

test('inputs of another width are refused', () =>
  expectNoLeak(() => {
    const classifier = smallClassifier(3, [], 2);
    const x = matrix([[1, 2]]);
    const refusal = new RangeError('Classifier: inputs has shape [1, 2], expected [batch, 3]');
    expect(() => classifier.logits(x)).toThrow(refusal);
    expect(() => classifier.predict(x)).toThrow(refusal);
    x.dispose();
    classifier.dispose();
  }));
