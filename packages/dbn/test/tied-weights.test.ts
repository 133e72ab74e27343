import { binary } from '@deepbelief/units';
import { dispose, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  Classifier,
  ClassifierTrainer,
  classifierParameters,
  decodeClassifier,
  decodeClassifierTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
} from '../src/index.ts';
import { referenceGradient, referenceNet } from './support/reference-net.ts';
import {
  expectClose,
  expectNoLeak,
  matrix,
  numbers,
  vector,
} from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
];
const labels = [1, 0];
const shared = [
  [0.5, -0.4, 0.1],
  [0.7, 0.2, -0.6],
  [-0.3, 0.9, 0.4],
];

/** Two layers with the same weights; the second one uses their transpose, as a decoder would. */
function tiedClassifier(isTied: boolean, transposed: boolean): Classifier {
  const weights = matrix(shared);
  const layer = { units: binary(), parameters: {}, zeroBias: false };
  const second = isTied
    ? weights
    : matrix(transposed ? shared[0]!.map((_, j) => shared.map((row) => row[j]!)) : shared);
  return new Classifier(
    [
      { ...layer, weights, bias: vector([0.1, 0, -0.2]) },
      {
        ...layer,
        weights: second,
        bias: vector([0, 0.3, 0]),
        ...(isTied && transposed && { transposed }),
      },
    ],
    {
      weights: matrix([
        [1, -1],
        [0.5, 0.2],
        [-0.7, 0.9],
      ]),
      bias: zeros([2]),
    },
  );
}

test.each([
  ['as they are', false],
  ['transposed', true],
])('weights that two layers use, %s, have the sum of both gradients', (_name, transposed) =>
  expectNoLeak(() => {
    // The same net with weights of its own in each layer gives the two gradients.
    const untied = tiedClassifier(false, transposed);
    const masks = [3, 3, 3].map((size) => Array.from({ length: 2 * size }, () => 1));
    const slopes = referenceGradient(referenceNet(untied), { inputs, labels, masks });
    const [first, second] = [slopes['layer1.weights']!, slopes['layer2.weights']!];
    const own = (i: number): number =>
      transposed ? second[(i % 3) * 3 + Math.floor(i / 3)]! : second[i]!;
    const rate = 0.2;
    const expected = shared.flat().map((w, i) => w - rate * (first[i]! + own(i)));

    const tied = tiedClassifier(true, transposed);
    const options = { optimizer: { type: 'sgd', momentum: 0 }, learningRate: rate } as const;
    const trainer = new ClassifierTrainer(tied, options);
    const [x, y] = [matrix(inputs), tensor1d(labels, 'int32')];
    trainer.step(x, y);
    expect(tied.layers[1]!.weights).toBe(tied.layers[0]!.weights);
    expectClose(numbers(tied.layers[0]!.weights), expected, { relative: 1e-5, absolute: 1e-6 });
    expect(Object.keys(classifierParameters(tied))).toEqual([
      'layer1.weights',
      'layer1.bias',
      'layer2.bias',
      'output.weights',
      'output.bias',
    ]);
    trainer.dispose();
    untied.dispose();
    tied.dispose();
    dispose([x, y]);
  }),
);

test('files and checkpoints keep layers tied', () =>
  expectNoLeak(async () => {
    const tied = tiedClassifier(true, true);
    const read = decodeClassifier(await encodeClassifier(tied), 'tied.safetensors');
    expect(read.layers[1]!.weights).toBe(read.layers[0]!.weights);
    expect(read.layers[1]!.transposed).toBe(true);
    const trainer = new ClassifierTrainer(read);
    const [x, y] = [tensor2d(inputs), tensor1d(labels, 'int32')];
    trainer.step(x, y);
    const middle = await encodeClassifierTrainer(trainer);
    trainer.step(x, y);
    const again = decodeClassifierTrainer(middle, 'tied.checkpoint');
    again.step(x, y);
    expect(await encodeClassifierTrainer(again)).toEqual(await encodeClassifierTrainer(trainer));
    for (const owner of [trainer, read, again, again.classifier, tied]) owner.dispose();
    dispose([x, y]);
  }));
