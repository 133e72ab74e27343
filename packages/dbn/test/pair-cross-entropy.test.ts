import { grad, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { pairCrossEntropy } from '../src/index.ts';
import { expectClose, expectNoLeak, take } from '@deepbelief/test-support/tensors';

const logits = [-2, 0.3, 1.5, 4];
const same = [0, 1, 0, 1];
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

test('it is the mean of −log P of what is true, with the gradient (σ(z) − y) / pairs', () =>
  expectNoLeak(() => {
    const [z, y] = [tensor1d(logits), tensor1d(same)];
    const losses = logits.map(
      (logit, i) => -Math.log(same[i] === 1 ? sigmoid(logit) : 1 - sigmoid(logit)),
    );
    expectClose(take(pairCrossEntropy(z, y)), [losses.reduce((a, b) => a + b) / 4]);
    const gradient = grad((x) => pairCrossEntropy(x as Tensor1D, y))(z);
    expectClose(
      take(gradient),
      logits.map((logit, i) => (sigmoid(logit) - same[i]!) / 4),
    );
    z.dispose();
    y.dispose();
  }));

test('log-odds too large for probabilities below 1 still have their loss', () =>
  expectNoLeak(() => {
    const [z, y] = [tensor1d([500, -500]), tensor1d([0, 1])];
    expectClose(take(pairCrossEntropy(z, y)), [500]);
    expect(take(grad((x) => pairCrossEntropy(x as Tensor1D, y))(z))).toEqual([0.5, -0.5]);
    z.dispose();
    y.dispose();
  }));
