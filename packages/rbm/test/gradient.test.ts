import { dispose, eye, matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { centeredGradient, gradient, hiddenMean, type Gradient, type Rbm } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { referenceModel, visibleProbabilities } from './support/enumerated-model.ts';
import {
  ascend,
  differenceGradient,
  gradientUnderModel,
  rows,
  type GradientNumbers,
} from './support/exact-gradient.ts';
import { continuousPairs, finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take, vector } from '@deepbelief/test-support/tensors';

// A Gaussian layer of two units has too many nodes for a call each; its log precision is checked
// with one unit.
const pairs = [...finitePairs, ...continuousPairs].map((pair) => {
  const wide = pair.visible.units.type === 'gaussian' && pair.visible.size > 1;
  return wide
    ? {
        ...pair,
        visible: { ...pair.visible, size: 1 },
        data: pair.data.map((row) => row.slice(0, 1)),
      }
    : pair;
});

describe.each(pairs)('the gradient of an RBM with $title units', (pair) => {
  test('is that of the enumerated log-likelihood', async () => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair);
      const found = gradientUnderModel(rbm, pair.data);
      const expected = differenceGradient(rbm, pair.data);
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, values] of Object.entries(expected)) {
        expectClose(found[name]!, values, { relative: 1e-5, absolute: 1e-5 }, name);
      }
      rbm.dispose();
    });
  });
});

test('the log precision of several units follows the enumerated log-likelihood, through two-point averages', async () => {
  await expectNoLeak(() => {
    const pair = continuousPairs[1]!;
    const rbm = smallRbm(pair);
    const model = referenceModel(rbm);
    const precision = model.logPrecision.map(Math.exp);
    const data = matrix(pair.data);
    const dataHidden = hiddenMean(rbm, data);
    // P(h) ∝ exp(b·h + Σ (a + Wh)²/2γ); given h the visible units are normal, and their mean plus
    // and minus one standard deviation has the first two moments.
    const hiddens = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const inputs = hiddens.map((h) =>
      model.visibleBias.map(
        (a, i) => a + h[0]! * model.weights[i]![0]! + h[1]! * model.weights[i]![1]!,
      ),
    );
    const odds = hiddens.map((h, k) =>
      Math.exp(
        h[0]! * model.hiddenBias[0]! +
          h[1]! * model.hiddenBias[1]! +
          inputs[k]!.reduce((sum, x, i) => sum + (x * x) / (2 * precision[i]!), 0),
      ),
    );
    const total = odds.reduce((a, b) => a + b, 0);
    const sum: GradientNumbers = {};
    hiddens.forEach((h, k) => {
      const at = (sign: number): number[] =>
        inputs[k]!.map((x, i) => x / precision[i]! + sign / Math.sqrt(precision[i]!));
      const visible = matrix([at(-1), at(1)]);
      const hidden = matrix([h, h]);
      const found = gradient(rbm, { visible: data, hidden: dataHidden }, { visible, hidden });
      for (const [name, tensor] of [
        ['weights', wholeOf(found)],
        ['visible.logPrecision', found.visibleParameters['logPrecision']!],
      ] as const) {
        const values = take(tensor);
        sum[name] = values.map((value, i) => (sum[name]?.[i] ?? 0) + (odds[k]! / total) * value);
      }
      for (const tensor of [found.visibleBias, found.hiddenBias, visible, hidden]) tensor.dispose();
      dispose(found.weights);
    });
    const expected = differenceGradient(rbm, pair.data);
    expectClose(sum['weights']!, expected['weights']!, { relative: 1e-5, absolute: 1e-5 });
    expectClose(sum['visible.logPrecision']!, expected['visible.logPrecision']!, {
      relative: 1e-5,
      absolute: 1e-5,
    });
    data.dispose();
    dataHidden.dispose();
    rbm.dispose();
  });
});

/** Factors whose product is a given matrix: the identity, and it. */
function factorsOf(values: readonly (readonly number[])[]): Gradient['weights'] {
  return { left: eye(values.length), right: matrix(values) };
}

/** The product of a gradient's factors. */
function wholeOf({ weights: { left, right } }: Gradient): Tensor2D {
  return matMul(left, right, true, false);
}

/** A step along the exact gradient, centered at the means of data and hidden units or plain. */
function exactStep(rbm: Rbm, data: readonly (readonly number[])[], centered: boolean): void {
  const found = gradientUnderModel(rbm, data);
  const visible = matrix(data);
  const hidden = hiddenMean(rbm, visible);
  const means = (values: number[], width: number): number[] =>
    Array.from({ length: width }, (_, j) =>
      rows(values, width).reduce((sum, row) => sum + row[j]! / data.length, 0),
    );
  const offsets = {
    visible: vector(means(take(visible), rbm.visible.size)),
    hidden: vector(means(take(hidden), rbm.hidden.size)),
  };
  const plain: Gradient = {
    weights: factorsOf(rows(found['weights']!, rbm.hidden.size)),
    visibleBias: vector(found['visible.bias']!),
    hiddenBias: vector(found['hidden.bias']!),
    visibleParameters: {},
    hiddenParameters: {},
  };
  const used = centered ? centeredGradient(plain, offsets) : plain;
  const numbers = {
    weights: take(wholeOf(used)),
    'visible.bias': [...used.visibleBias.dataSync()],
    'hidden.bias': [...used.hiddenBias.dataSync()],
  };
  for (const value of [plain, ...(centered ? [used] : [])]) {
    dispose([value.weights, value.visibleBias, value.hiddenBias]);
  }
  offsets.visible.dispose();
  offsets.hidden.dispose();
  ascend(rbm, numbers, 0.5);
}

/** The same distribution over flipped bits: v → 1 − v. */
function flipVisible(rbm: Rbm): void {
  const { weights, visibleBias, hiddenBias } = referenceModel(rbm);
  setParameter(
    rbm,
    'hidden.bias',
    vector(hiddenBias.map((b, j) => b + weights.reduce((sum, row) => sum + row[j]!, 0))),
  );
  setParameter(rbm, 'visible.bias', vector(visibleBias.map((a) => -a)));
  setParameter(rbm, 'weights', matrix(weights.map((row) => row.map((w) => -w))));
}

function probabilitiesAfterSteps(
  data: readonly (readonly number[])[],
  flipped: boolean,
  centered: boolean,
): number[] {
  const rbm = smallRbm(finitePairs[0]!);
  if (flipped) flipVisible(rbm);
  const rowsSeen = flipped ? data.map((row) => row.map((bit) => 1 - bit)) : data;
  for (let i = 0; i < 5; i++) exactStep(rbm, rowsSeen, centered);
  const found = visibleProbabilities(referenceModel(rbm)).map(({ probability }) => probability);
  rbm.dispose();
  // The states come in binary order, so that flipping all bits reverses them.
  return flipped ? found.toReversed() : found;
}

test('the exact centered gradient takes data and flipped data to the same model, the plain one does not', async () => {
  const { data } = finitePairs[0]!;
  await expectNoLeak(() => {
    expectClose(
      probabilitiesAfterSteps(data, true, true),
      probabilitiesAfterSteps(data, false, true),
      {
        relative: 1e-4,
        absolute: 1e-6,
      },
    );
    const plain = probabilitiesAfterSteps(data, false, false);
    const mirrored = probabilitiesAfterSteps(data, true, false);
    expect(Math.max(...plain.map((p, i) => Math.abs(p - mirrored[i]!)))).toBeGreaterThan(0.01);
  });
});

test('centering at zero changes nothing', async () => {
  await expectNoLeak(() => {
    const plain: Gradient = {
      weights: factorsOf([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      visibleBias: vector([1, 2, 3]),
      hiddenBias: vector([4, 5]),
      visibleParameters: {},
      hiddenParameters: {},
    };
    const offsets = { visible: vector([0, 0, 0]), hidden: vector([0, 0]) };
    const found = centeredGradient(plain, offsets);
    expect(take(wholeOf(found))).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...found.visibleBias.dataSync()]).toEqual([1, 2, 3]);
    expect([...found.hiddenBias.dataSync()]).toEqual([4, 5]);
    for (const value of [plain, found]) {
      dispose([value.weights, value.visibleBias, value.hiddenBias]);
    }
    offsets.visible.dispose();
    offsets.hidden.dispose();
  });
});

test('the centered gradient is that of the centered energy, by hand for one unit on each side', async () => {
  await expectNoLeak(() => {
    const plain: Gradient = {
      weights: factorsOf([[0.7]]),
      visibleBias: vector([0.2]),
      hiddenBias: vector([-0.3]),
      visibleParameters: {},
      hiddenParameters: {},
    };
    const offsets = { visible: vector([0.5]), hidden: vector([0.25]) };
    const found = centeredGradient(plain, offsets);
    // ∇W = 0.7 − 0.2·0.25 − 0.5·(−0.3) = 0.8; ∇a = 0.2 − 0.8·0.25; ∇b = −0.3 − 0.8·0.5.
    expectClose(take(wholeOf(found)), [0.8]);
    expectClose([...found.visibleBias.dataSync()], [0]);
    expectClose([...found.hiddenBias.dataSync()], [-0.7]);
    for (const value of [plain, found]) {
      dispose([value.weights, value.visibleBias, value.hiddenBias]);
    }
    offsets.visible.dispose();
    offsets.hidden.dispose();
  });
});
