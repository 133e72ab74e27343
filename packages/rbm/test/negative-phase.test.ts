import { atStep, randomKey } from '@deepbelief/random';
import { tidy } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  contrastiveDivergence,
  hiddenMean,
  persistentContrastiveDivergence,
  sampleHidden,
  type NegativePhase,
  type NegativeStatistics,
  type Rbm,
} from '../src/index.ts';
import { jointProbabilities, referenceModel } from './support/enumerated-model.ts';
import { rows } from './support/exact-gradient.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

const CHAINS = 3000;
const pairs = finitePairs.filter(({ title }) =>
  ['binary-binary', 'spin-binary', 'softmax-binary', 'binomial-binary', 'binary-stepped'].includes(
    title,
  ),
);

/**
 * Expects ⟨v⟩, ⟨h⟩ and ⟨vhᵀ⟩ of the particles within `limit` standard errors of the enumerated
 * ones.
 */
function expectModelStatistics(
  rbm: Rbm,
  visible: readonly number[][],
  hidden: readonly number[][],
): void {
  const joint = jointProbabilities(referenceModel(rbm));
  const compare = (
    what: string,
    of: (v: readonly number[], h: readonly number[]) => number,
  ): void => {
    const values = visible.map((v, k) => of(v, hidden[k]!));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const expected = joint.reduce(
      (sum, state) => sum + state.probability * of(state.visible, state.hidden),
      0,
    );
    // Beyond 4.9 standard errors once in a million; some 20 comparisons in each test, with fixed
    // keys.
    const away = Math.abs(mean - expected) / Math.sqrt(variance / values.length);
    expect(away, `${what} is ${mean}, expected ${expected}`).toBeLessThan(4.9);
  };
  for (let i = 0; i < rbm.visible.size; i++) compare(`<v${i}>`, (v) => v[i]!);
  for (let j = 0; j < rbm.hidden.size; j++) {
    compare(`<h${j}>`, (_, h) => h[j]!);
    for (let i = 0; i < rbm.visible.size; i++) compare(`<v${i} h${j}>`, (v, h) => v[i]! * h[j]!);
  }
}

function takeRows(rbm: Rbm, statistics: NegativeStatistics): [number[][], number[][]] {
  return [
    rows(take(statistics.visible), rbm.visible.size),
    rows(take(statistics.hidden), rbm.hidden.size),
  ];
}

test.each(pairs)('CD with long chains gives the exact statistics of $title units', async (pair) => {
  await expectNoLeak(() => {
    const rbm = smallRbm(pair);
    const visible = matrix(
      Array.from({ length: CHAINS }, (_, i) => pair.data[i % pair.data.length]!),
    );
    const hiddenSample = sampleHidden(rbm, visible, randomKey(1));
    const phase = contrastiveDivergence({
      steps: 40,
      reconstruction: 'sample',
      statistics: 'mean',
    });
    const statistics = phase.advance(
      rbm,
      { visible, hiddenSample },
      { key: randomKey(2), epoch: 0 },
    );
    expectModelStatistics(rbm, ...takeRows(rbm, statistics));
    visible.dispose();
    hiddenSample.dispose();
    phase.dispose();
    rbm.dispose();
  });
});

test.each(pairs)('persistent chains come to the exact statistics of $title units', async (pair) => {
  await expectNoLeak(() => {
    const rbm = smallRbm(pair);
    const particles = matrix(
      Array.from({ length: CHAINS }, (_, i) => pair.data[i % pair.data.length]!),
    );
    const phase = persistentContrastiveDivergence(
      { steps: 2, reconstruction: 'mean', statistics: 'sample' },
      particles,
    );
    const positive = { visible: particles, hiddenSample: particles };
    for (let step = 0; step < 20; step++) {
      const { visible, hidden } = phase.advance(rbm, positive, {
        key: atStep(randomKey(3), step),
        epoch: 0,
      });
      visible.dispose();
      hidden.dispose();
    }
    const statistics = phase.advance(rbm, positive, { key: atStep(randomKey(3), 20), epoch: 0 });
    expectModelStatistics(rbm, ...takeRows(rbm, statistics));
    phase.dispose();
    rbm.dispose();
  });
});

test('persistent chains outlive the tidy in which they are advanced', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const particles = matrix(finitePairs[0]!.data);
    const phase = persistentContrastiveDivergence(
      { reconstruction: 'sample', statistics: 'mean' },
      particles,
    );
    const positive = { visible: particles, hiddenSample: particles };
    const advance = (step: number): void => {
      tidy(() => {
        phase.advance(rbm, positive, { key: atStep(randomKey(3), step), epoch: 0 });
      });
    };
    advance(0);
    const before = [...phase.state()['fantasy']!.dataSync()];
    expect(before.every((bit) => bit === 0 || bit === 1)).toBe(true);
    advance(1);
    phase.dispose();
    rbm.dispose();
  });
});

test('one CD step with mean reconstructions is the mean given the sampled hidden states', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const model = referenceModel(rbm);
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    const state = [1, 0, 1];
    const visible = matrix([[1, 1, 0, 0]]);
    const hiddenSample = matrix([state]);
    const phase = contrastiveDivergence({ reconstruction: 'mean', statistics: 'mean' });
    const { visible: down, hidden: up } = phase.advance(
      rbm,
      { visible, hiddenSample },
      { key: randomKey(1), epoch: 0 },
    );
    const means = model.visibleBias.map((a, i) =>
      sigmoid(a + state.reduce((sum, h, j) => sum + h * model.weights[i]![j]!, 0)),
    );
    const again = model.hiddenBias.map((b, j) =>
      sigmoid(b + means.reduce((sum, v, i) => sum + v * model.weights[i]![j]!, 0)),
    );
    expectClose(take(down), means);
    expectClose(take(up), again);
    visible.dispose();
    hiddenSample.dispose();
    rbm.dispose();
  });
});

test('what the statistics hold is means or samples, as asked', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const visible = matrix(finitePairs[0]!.data);
    const hiddenSample = sampleHidden(rbm, visible, randomKey(1));
    const phases = (statistics: 'mean' | 'sample'): NegativePhase[] => [
      contrastiveDivergence({ steps: 3, reconstruction: 'sample', statistics }),
      persistentContrastiveDivergence(
        { steps: 3, reconstruction: 'sample', statistics },
        matrix(finitePairs[0]!.data),
      ),
    ];
    for (const phase of phases('mean')) {
      const { visible: v, hidden } = phase.advance(
        rbm,
        { visible, hiddenSample },
        { key: randomKey(2), epoch: 0 },
      );
      const mean = hiddenMean(rbm, v);
      expect(take(hidden)).toEqual(take(mean));
      v.dispose();
      phase.dispose();
    }
    for (const phase of phases('sample')) {
      const { visible: v, hidden } = phase.advance(
        rbm,
        { visible, hiddenSample },
        { key: randomKey(2), epoch: 0 },
      );
      expect(take(hidden).every((bit) => bit === 0 || bit === 1)).toBe(true);
      v.dispose();
      phase.dispose();
    }
    visible.dispose();
    hiddenSample.dispose();
    rbm.dispose();
  });
});
