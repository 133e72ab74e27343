import { binary, gaussian } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import { createRbm, RbmTrainer, type Rbm, type TrainingOptions } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import { expectClose, expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

/*
 * A case without chance: hidden biases of ±50 decide every binary sample and mean, and Gaussian
 * reconstructions are means, a + Wh. So a CD-1 step is v⁺hᵀ − (a + Wh)hᵀ, which float64 arithmetic
 * follows by hand.
 */
const hidden = [1, 0, 1];
const start = {
  weights: [
    [0.3, -0.2, 0.5],
    [-0.4, 0.1, 0.2],
  ],
  bias: [0.1, -0.3],
};
const data = [
  [1.5, -0.5],
  [0.25, 2],
  [-1, 0.75],
];
const mean = [0, 1].map((i) => data.reduce((sum, row) => sum + row[i]! / data.length, 0));
const hiddenBias = hidden.map((h) => (h === 1 ? 50 : -50));

function decidedRbm(): Rbm {
  const rbm = createRbm({
    visible: { units: gaussian(), size: 2 },
    hidden: { units: binary(), size: 3 },
  });
  setParameter(rbm, 'weights', matrix(start.weights));
  setParameter(rbm, 'visible.bias', vector(start.bias));
  setParameter(rbm, 'hidden.bias', vector(hiddenBias));
  return rbm;
}

/** What a step at an epoch does, by hand. */
interface Settings {
  readonly rate: (epoch: number) => number;
  readonly momentum: (epoch: number) => number;
  readonly l1?: number;
  readonly l2?: number;
  readonly maxNorm?: number;
  readonly sparsity?: { readonly target: number; readonly cost: number };
}

function byHand(epochs: readonly number[], settings: Settings): number[] {
  const { rate, momentum, l1 = 0, l2 = 0, maxNorm = Infinity, sparsity } = settings;
  const weights = start.weights.map((row) => [...row]);
  const bias = [...start.bias];
  const steps = hidden.map(() => 0);
  const biases = [...hiddenBias];
  const velocities = { weights: weights.map((row) => row.map(() => 0)), bias: [0, 0] };
  for (const epoch of epochs) {
    const [r, m] = [rate(epoch), momentum(epoch)];
    const rebuilt = weights.map(
      (row, i) => bias[i]! + row.reduce((sum, w, j) => sum + w * hidden[j]!, 0),
    );
    // The activity is that of the first minibatch in every other: its running mean does not move.
    const pull = hidden.map((h) =>
      sparsity === undefined ? 0 : sparsity.cost * (sparsity.target - h),
    );
    weights.forEach((row, i) => {
      row.forEach((w, j) => {
        const slope = (mean[i]! - rebuilt[i]!) * hidden[j]! + mean[i]! * pull[j]!;
        const velocity = m * velocities.weights[i]![j]! + r * (slope - l1 * Math.sign(w) - l2 * w);
        velocities.weights[i]![j] = velocity;
        row[j] = w + velocity;
      });
      const velocity = m * velocities.bias[i]! + r * (mean[i]! - rebuilt[i]!);
      velocities.bias[i] = velocity;
      bias[i]! += velocity;
    });
    hidden.forEach((_, j) => {
      const step = m * steps[j]! + r * pull[j]!;
      steps[j] = step;
      biases[j]! += step;
      const norm = Math.hypot(...weights.map((row) => row[j]!));
      if (norm > maxNorm) weights.forEach((row) => (row[j]! *= maxNorm / norm));
    });
  }
  return [...weights.flat(), ...bias, ...biases];
}

const constant = { rate: () => 0.1, momentum: () => 0 };
const epochs = [0, 0.5, 1, 1.5, 2, 2.5, 3];

test('keepZeros moves the weights that are not zero as ever, and no other', () =>
  expectNoLeak(() => {
    const after = (options: TrainingOptions, steps: number): number[] => {
      const rbm = decidedRbm();
      const cut = start.weights.map((row, i) => row.map((w, j) => (j === 2 * i ? 0 : w)));
      setParameter(rbm, 'weights', matrix(cut));
      const trainer = new RbmTrainer(rbm, { learningRate: 0.1, ...options });
      const batch = matrix(data);
      for (let step = 0; step < steps; step++) trainer.step(batch, step);
      // Zeros of either sign are zeros.
      const weights = Array.from(rbm.weights.dataSync(), (w) => w + 0);
      for (const owner of [batch, trainer, rbm]) owner.dispose();
      return weights;
    };
    const columns = start.weights[0]!.length;
    const zero = (i: number): boolean => i % columns === 2 * Math.floor(i / columns);
    const free = after({}, 1);
    expect(free.every((w) => w !== 0)).toBe(true);
    expect(after({ keepZeros: true }, 1)).toEqual(free.map((w, i) => (zero(i) ? 0 : w)));
    for (const options of [{}, { maxNorm: 0.5 }]) {
      const later = after({ keepZeros: true, ...options }, 5);
      expect(later.map((w) => w === 0)).toEqual(later.map((_, i) => zero(i)));
    }
  }));

describe('steps of which every sample is decided', () => {
  test.each<[string, TrainingOptions, Settings]>([
    ['a rate', { learningRate: 0.1, momentum: 0 }, constant],
    ['momentum', { learningRate: 0.1, momentum: 0.8 }, { ...constant, momentum: () => 0.8 }],
    [
      'a list of rates',
      {
        learningRate: [
          [0, 0.2],
          [1, 0.1],
          [2.5, 0.01],
        ],
        momentum: 0,
      },
      { ...constant, rate: (epoch) => (epoch >= 2.5 ? 0.01 : epoch >= 1 ? 0.1 : 0.2) },
    ],
    [
      'lines of rate and momentum',
      {
        learningRate: { from: 0.2, to: 0.05, epochs: 3 },
        momentum: { from: 0.5, to: 0.9, epochs: 2 },
      },
      {
        rate: (epoch) => 0.2 - (0.15 * Math.min(epoch, 3)) / 3,
        momentum: (epoch) => 0.5 + (0.4 * Math.min(epoch, 2)) / 2,
      },
    ],
    [
      'L1 decay',
      { learningRate: 0.1, momentum: 0.5, weightDecay: { l1: 0.05 } },
      { ...constant, momentum: () => 0.5, l1: 0.05 },
    ],
    [
      'L2 decay',
      { learningRate: 0.1, momentum: 0.5, weightDecay: { l2: 0.3 } },
      { ...constant, momentum: () => 0.5, l2: 0.3 },
    ],
    [
      'a largest norm',
      { learningRate: 0.1, momentum: 0, maxNorm: 0.5 },
      { ...constant, maxNorm: 0.5 },
    ],
    [
      'a sparsity target',
      { learningRate: 0.1, momentum: 0.5, sparsity: { target: 0.2, cost: 0.5, decay: 0.9 } },
      { ...constant, momentum: () => 0.5, sparsity: { target: 0.2, cost: 0.5 } },
    ],
    [
      'all of them',
      {
        learningRate: [
          [0, 0.1],
          [2, 0.05],
        ],
        momentum: 0.7,
        weightDecay: { l1: 0.02, l2: 0.1 },
        maxNorm: 0.6,
        sparsity: { target: 0.1, cost: 0.3 },
      },
      {
        rate: (epoch) => (epoch >= 2 ? 0.05 : 0.1),
        momentum: () => 0.7,
        l1: 0.02,
        l2: 0.1,
        maxNorm: 0.6,
        sparsity: { target: 0.1, cost: 0.3 },
      },
    ],
  ])('with %s are those of float64 arithmetic by hand', async (_name, options, settings) => {
    await expectNoLeak(() => {
      const rbm = decidedRbm();
      const trainer = new RbmTrainer(rbm, options);
      const batch = matrix(data);
      for (const epoch of epochs) trainer.step(batch, epoch);
      const found = [rbm.weights, rbm.visible.bias, rbm.hidden.bias].flatMap((tensor) => [
        ...tensor.dataSync(),
      ]);
      expectClose(found, byHand(epochs, settings), { relative: 2e-6, absolute: 2e-6 });
      batch.dispose();
      trainer.dispose();
      rbm.dispose();
    });
  });
});

test('a step of log precisions is the rate times its factor, at most 0.1', async () => {
  await expectNoLeak(() => {
    const make = (parameterRate: number): number[] => {
      const rbm = createRbm({
        visible: { units: gaussian({ sigma: 2, learnSigma: true }), size: 2 },
        hidden: { units: binary(), size: 1 },
        weightScale: 0,
      });
      const trainer = new RbmTrainer(rbm, { learningRate: 0.01, parameterRate });
      const batch = matrix([[0, 100]]);
      trainer.step(batch);
      const moved = [...rbm.visible.parameters.logPrecision!.dataSync()].map(
        (value) => value + 2 * Math.log(2),
      );
      batch.dispose();
      trainer.dispose();
      rbm.dispose();
      return moved;
    };
    // −γ/2 · 100² of the data is −1250, beside which the one reconstruction, of σ 2, is nothing:
    // 0.01·p·1250 > 0.1.
    expectClose([make(1)[1]!], [-0.1]);
    expectClose([make(0)[1]!, make(0)[0]!], [0, 0]);
    const [small] = make(1);
    expect(small).toBeGreaterThan(0);
    expectClose([make(0.5)[0]!], [small! / 2], { relative: 1e-3, absolute: 1e-6 });
  });
});
