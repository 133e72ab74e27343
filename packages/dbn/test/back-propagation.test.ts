import { randomKey } from '@deepbelief/random';
import { binary, nrelu, type Units } from '@deepbelief/units';
import { ones, tensor2d, tidy, valueAndGrads, type Rank, type Scalar } from '@tensorflow/tfjs-core';
import { describe, test } from 'vitest';
import { crossEntropy } from '../src/cross-entropy.ts';
import { classifierParameters, dropout } from '../src/index.ts';
import { smallClassifier, titled, type SmallLayer } from './support/nets.ts';
import { referenceGradient, referenceLoss, referenceNet } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8, 0, 1.1],
  [1, 0.4, -0.6, 0.9, -0.2],
  [-0.7, 0.1, 0.5, -1.4, 0.6],
];
const labels = [2, 0, 1];
const key = randomKey(3);

function layersOf(units: Units, depth: number): SmallLayer[] {
  return [6, 4, 6].slice(0, depth).map((size) => ({ units, size }));
}

/**
 * Compares the loss and its gradient in every parameter with central differences of the float64
 * net.
 */
async function expectGradients(layers: readonly SmallLayer[], rate = 0): Promise<void> {
  await expectNoLeak(() => {
    const classifier = smallClassifier(5, layers, 3);
    const x = matrix(inputs);
    const targets = tensor2d(labels.map((label) => [0, 1, 2].map((i) => (i === label ? 1 : 0))));
    const loss = (): Scalar =>
      crossEntropy(
        classifier.logits(x, (states, layer) => dropout(states, rate, key, layer)),
        targets,
      );

    const masks = [5, ...layers.map(({ size }) => size)].map((extent, layer) =>
      take(tidy(() => dropout(ones<Rank.R2>([labels.length, extent]), rate, key, layer))),
    );
    const net = referenceNet(classifier);
    const expected = referenceGradient(net, { inputs, labels, masks });

    const parameters = classifierParameters(classifier);
    const { value, grads } = valueAndGrads(loss)(Object.values(parameters));
    const tolerance = { relative: 1e-5, absolute: 1e-6 };
    expectClose(take(value), [referenceLoss(net, { inputs, labels, masks })], tolerance);
    Object.keys(parameters).forEach((name, i) =>
      expectClose(numbers(grads[i]!), expected[name]!, tolerance, name),
    );

    for (const tensor of [...grads, x, targets]) tensor.dispose();
    classifier.dispose();
  });
}

describe.each(titled)(
  'the gradient of the cross-entropy equals central differences with %s units',
  (_, units) => {
    test('in one hidden layer', () => expectGradients(layersOf(units, 1)));
    test('in two hidden layers', () => expectGradients(layersOf(units, 2)));
    test('in three hidden layers', () => expectGradients(layersOf(units, 3)));
    test('in two hidden layers with dropout', () => expectGradients(layersOf(units, 2), 0.4));
  },
);

test('the gradient equals central differences without hidden layers, where the net is softmax regression', () =>
  expectGradients([]));

test('it does so without hidden layers and with dropout of the inputs', () =>
  expectGradients([], 0.4));

test('it does so where biases are fixed at zero and have no gradient', () =>
  expectGradients([
    { units: nrelu(), size: 6, zeroBias: true },
    { units: binary(), size: 4 },
  ]));
