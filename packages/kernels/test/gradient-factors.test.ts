import { dispose, matMul } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { gradientFactors } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

const data = {
  visible: [
    [1, -2, 0.5],
    [0, 3, 1],
  ],
  hidden: [
    [1, 0.25],
    [2, -1],
  ],
};
const model = {
  visible: [
    [0.5, 1, -1],
    [2, 0, 0],
    [1, 1, 1],
  ],
  hidden: [
    [0.5, 1],
    [-1, 0],
    [3, 2],
  ],
};

/** Mean over the rows of a product of two columns, or of one. */
function average(left: number[][], i: number, right?: number[][], j = 0): number {
  return (
    left.reduce((sum, row, k) => sum + row[i]! * (right === undefined ? 1 : right[k]![j]!), 0) /
    left.length
  );
}

test('the factors multiply to the difference of the phases’ averages, with as many particles as there are', async () => {
  await expectNoLeak(() => {
    const [v, h, w, g] = [data.visible, data.hidden, model.visible, model.hidden].map(matrix);
    const found = gradientFactors({ visible: v!, hidden: h! }, { visible: w!, hidden: g! });
    expect(found.weights.left.shape).toEqual([5, 3]);
    expect(found.weights.right.shape).toEqual([5, 2]);
    const whole = matMul(found.weights.left, found.weights.right, true, false);
    const expected = [0, 1, 2].flatMap((i) =>
      [0, 1].map(
        (j) =>
          average(data.visible, i, data.hidden, j) - average(model.visible, i, model.hidden, j),
      ),
    );
    expectClose(take(whole), expected);
    const less = (a: number[][], b: number[][], size: number): number[] =>
      Array.from({ length: size }, (_, i) => average(a, i) - average(b, i));
    expectClose(take(found.visibleBias), less(data.visible, model.visible, 3));
    expectClose(take(found.hiddenBias), less(data.hidden, model.hidden, 2));
    dispose([found.weights, v!, h!, w!, g!]);
  });
});
