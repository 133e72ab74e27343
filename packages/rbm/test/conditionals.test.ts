import { randomKey } from '@deepbelief/random';
import { nrelu } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import {
  createRbm,
  features,
  hiddenInput,
  hiddenMean,
  reconstruct,
  sampleHidden,
  sampleVisible,
  visibleInput,
  visibleMean,
} from '../src/index.ts';
import {
  jointProbabilities,
  referenceModel,
  type ReferenceModel,
} from './support/enumerated-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

/** Means of one layer in the joint distribution where the other has a given state. */
function conditionalMean(
  model: ReferenceModel,
  given: 'visible' | 'hidden',
  state: readonly number[],
): number[] {
  const other = given === 'visible' ? 'hidden' : 'visible';
  const pairs = jointProbabilities(model).filter((pair) => pair[given].join() === state.join());
  const total = pairs.reduce((sum, { probability }) => sum + probability, 0);
  return pairs[0]![other].map((_, k) =>
    pairs.reduce((sum, pair) => sum + (pair.probability * pair[other][k]!) / total, 0),
  );
}

describe.each(finitePairs)('an RBM with $title units', (pair) => {
  test('has the conditional means of its joint distribution, and its moments', async () => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair);
      const model = referenceModel(rbm);
      const joint = jointProbabilities(model);
      const hiddenState = joint[1]!.hidden;
      const visible = matrix(pair.data);
      const hidden = matrix([hiddenState]);
      expectClose(
        take(hiddenMean(rbm, visible)),
        pair.data.flatMap((row) => conditionalMean(model, 'visible', row)),
      );
      expectClose(take(visibleMean(rbm, hidden)), conditionalMean(model, 'hidden', hiddenState));

      // ⟨h⟩ as the mean of the conditional mean over P(v), against the sum over joint states.
      const states = matrix(joint.map((state) => state.visible));
      const means = take(hiddenMean(rbm, states));
      const width = pair.hidden.size;
      for (let j = 0; j < width; j++) {
        let [marginal, direct] = [0, 0];
        joint.forEach(({ probability, hidden: h }, row) => {
          marginal += probability * means[row * width + j]!;
          direct += probability * h[j]!;
        });
        expect(Math.abs(marginal - direct)).toBeLessThan(2e-6);
      }
      for (const tensor of [visible, hidden, states]) tensor.dispose();
      rbm.dispose();
    });
  });
});

test('inputs are vW + b and hWᵀ + a', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const model = referenceModel(rbm);
    const visible = matrix([[1, 0, 1, 1]]);
    const hidden = matrix([[0, 1, 1]]);
    const up = model.hiddenBias.map(
      (b, j) => b + model.weights[0]![j]! + model.weights[2]![j]! + model.weights[3]![j]!,
    );
    const down = model.visibleBias.map((a, i) => a + model.weights[i]![1]! + model.weights[i]![2]!);
    expectClose(take(hiddenInput(rbm, visible)), up);
    expectClose(take(visibleInput(rbm, hidden)), down);
    visible.dispose();
    hidden.dispose();
    rbm.dispose();
  });
});

test('a reconstruction is a mean-field step up and down', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const model = referenceModel(rbm);
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    const row = [1, 0, 1, 1];
    const h = model.hiddenBias.map((b, j) =>
      sigmoid(b + row.reduce((x, v, i) => x + v * model.weights[i]![j]!, 0)),
    );
    const v = model.visibleBias.map((a, i) =>
      sigmoid(a + h.reduce((x, s, j) => x + s * model.weights[i]![j]!, 0)),
    );
    const visible = matrix([row]);
    expectClose(take(reconstruct(rbm, visible)), v);
    visible.dispose();
    rbm.dispose();
  });
});

test('the features of NReLUs are max(0, vW + b), and their samples have the shape of the layer', async () => {
  await expectNoLeak(() => {
    const layers = { visible: finitePairs[0]!.visible, hidden: { units: nrelu(), size: 5 } };
    const rbm = smallRbm(layers);
    const visible = matrix([
      [1, 0, 1, 1],
      [0, 1, 0, 0],
    ]);
    const input = take(hiddenInput(rbm, visible));
    expectClose(
      take(features(rbm, visible)),
      input.map((x) => Math.max(0, x)),
    );
    const sample = sampleHidden(rbm, visible, randomKey(3));
    expect(sample.shape).toEqual([2, 5]);
    expect(sample.dataSync().every((value) => value >= 0)).toBe(true);
    const down = sampleVisible(rbm, sample, randomKey(4));
    expect(down.shape).toEqual([2, 4]);
    for (const tensor of [visible, sample, down]) tensor.dispose();
    rbm.dispose();
  });
});

test('the same key gives the same samples, another key others', async () => {
  await expectNoLeak(() => {
    const { units } = finitePairs[0]!.visible;
    const rbm = createRbm({ visible: { units, size: 20 }, hidden: { units, size: 20 } });
    const visible = matrix(Array.from({ length: 10 }, () => Array.from({ length: 20 }, () => 1)));
    const draw = (seed: number): number[] => take(sampleHidden(rbm, visible, randomKey(seed)));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    visible.dispose();
    rbm.dispose();
  });
});

test('a state of the wrong shape is told by its shape and the one expected', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const wrong = matrix([[1, 0]]);
    const key = randomKey(1);
    const up = 'visible has shape [1, 2], expected [batch, 4]';
    const down = 'hidden has shape [1, 2], expected [batch, 3]';
    for (const make of [hiddenInput, hiddenMean, features, reconstruct])
      expect(() => make(rbm, wrong)).toThrow(up);
    for (const make of [visibleInput, visibleMean]) expect(() => make(rbm, wrong)).toThrow(down);
    expect(() => sampleHidden(rbm, wrong, key)).toThrow(up);
    expect(() => sampleVisible(rbm, wrong, key)).toThrow(down);
    wrong.dispose();
    rbm.dispose();
  });
});
