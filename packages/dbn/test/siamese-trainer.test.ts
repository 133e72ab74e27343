import { inMemoryDataset, pairDataset } from '@deepbelief/data';
import { DivergenceError } from '@deepbelief/rbm';
import { nrelu } from '@deepbelief/units';
import { tensor1d, tidy, valueAndGrads } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  fitSiameseOutput,
  pairCrossEntropy,
  randomSiamese,
  siameseParameters,
  SiameseTrainer,
  verificationError,
  type Siamese,
  type SiameseOptions,
  type SiameseReport,
} from '../src/index.ts';
import { directionPairs, smallSiamese } from './support/pairs.ts';
import { expectClose, expectNoLeak, matrix, numbers } from '@deepbelief/test-support/tensors';

const first = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
];
const second = [
  [0.2, -0.9, 1.1],
  [-0.3, 1.4, 0.2],
];
const same = [1, 0];

function net(): Siamese {
  return smallSiamese(3, [
    { units: nrelu(), size: 5, zeroBias: true },
    { units: nrelu(), size: 4 },
  ]);
}

/** Parameters and gradient of the loss, by name. */
function state(siamese: Siamese): Record<string, { value: number[]; gradient: number[] }> {
  const [a, b, y] = [matrix(first), matrix(second), tensor1d(same)];
  const parameters = siameseParameters(siamese);
  const found = tidy(() => {
    const { grads } = valueAndGrads(() => pairCrossEntropy(siamese.logits(a, b), y))(
      Object.values(parameters),
    );
    return grads.map(numbers);
  });
  for (const tensor of [a, b, y]) tensor.dispose();
  return Object.fromEntries(
    Object.entries(parameters).map(([name, tensor], i) => [
      name,
      { value: numbers(tensor), gradient: found[i]! },
    ]),
  );
}

function stepOnce(siamese: Siamese, options: SiameseOptions): void {
  const trainer = new SiameseTrainer(siamese, options);
  const [a, b, y] = [matrix(first), matrix(second), tensor1d(same, 'int32')];
  trainer.step(a, b, y, 0);
  for (const owner of [a, b, y, trainer]) owner.dispose();
}

test('a step of SGD moves every parameter against its gradient, by the rates of its layer and with weight decay', () =>
  expectNoLeak(() => {
    const siamese = net();
    const before = state(siamese);
    const rates: Record<string, number> = { layer1: 0.5, layer2: 0.25, output: 2 };
    stepOnce(siamese, {
      optimizer: { type: 'sgd', momentum: 0 },
      learningRate: 0.1,
      layerRates: Object.values(rates),
      weightDecay: 0.03,
    });
    for (const [name, tensor] of Object.entries(siameseParameters(siamese))) {
      const { value, gradient } = before[name]!;
      const rate = 0.1 * rates[name.split('.')[0]!]!;
      const decay = name.endsWith('.weights') ? 0.03 : 0;
      expectClose(
        numbers(tensor),
        value.map((x, i) => x - rate * (gradient[i]! + decay * x)),
        undefined,
        name,
      );
    }
    siamese.dispose();
  }));

test('max-norm bounds the weights of each unit', () =>
  expectNoLeak(() => {
    const siamese = net();
    stepOnce(siamese, { maxNorm: 0.4 });
    for (const { weights } of siamese.layers) {
      const [rows, columns] = weights.shape;
      const values = numbers(weights);
      for (let j = 0; j < columns; j++) {
        const norm = Math.hypot(
          ...Array.from({ length: rows }, (_, i) => values[i * columns + j]!),
        );
        expect(norm).toBeLessThan(0.4 + 1e-6);
      }
    }
    siamese.dispose();
  }));

test('it learns to tell directions apart, and its reports say so', () =>
  expectNoLeak(async () => {
    const siamese = randomSiamese({
      inputs: 3,
      layers: [{ units: nrelu(), size: 20, zeroBias: true }],
      seed: 1,
    });
    const [training, validation] = [directionPairs(300, 0.6, 1), directionPairs(300, 0.6, 2)];
    await fitSiameseOutput(siamese, training);
    const before = await verificationError(siamese, validation);
    const trainer = new SiameseTrainer(siamese, { learningRate: 0.01, batchSize: 30 });
    const reports: SiameseReport[] = [];
    for await (const report of trainer.epochs(training, 15, validation)) reports.push(report);
    expect(reports.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    const last = reports[14]!;
    expect(last.step).toBe(150);
    expect(last.loss).toBeLessThan(0.9 * reports[0]!.loss);
    expect(last.validationError).toBe(await verificationError(siamese, validation));
    expect(last.validationError).toBeLessThan(before);
    trainer.dispose();
    siamese.dispose();
  }));

describe('what does not fit is refused', () => {
  test('pairs of another width', () =>
    expectNoLeak(async () => {
      const siamese = net();
      const trainer = new SiameseTrainer(siamese);
      const examples = inMemoryDataset({ name: 'wide', inputs: new Float32Array(8), shape: [4] });
      const pairs = pairDataset({
        name: 'wide pairs',
        examples,
        pairs: [{ first: 0, second: 1, same: true }],
      });
      await expect(trainer.epochs(pairs, 1).next()).rejects.toThrow(
        new RangeError(
          'fine-tuning: wide pairs has 1 pairs of 4 values each, expected pairs of 3 values',
        ),
      );
      trainer.dispose();
      siamese.dispose();
    }));

  test('rates for another number of layers', () =>
    expectNoLeak(() => {
      const siamese = net();
      expect(() => new SiameseTrainer(siamese, { layerRates: [1, 1] })).toThrow(
        /layerRates has 2 values, expected 3/,
      );
      siamese.dispose();
    }));

  test('a rate that explodes: the net is back at its last good state', () =>
    expectNoLeak(async () => {
      const siamese = net();
      const before = state(siamese);
      const trainer = new SiameseTrainer(siamese, {
        optimizer: { type: 'sgd' },
        learningRate: 1e9,
      });
      const run = trainer.epochs(directionPairs(20, 0.2, 1), 1).next();
      await expect(run).rejects.toThrow(DivergenceError);
      expect(state(siamese)).toEqual(before);
      trainer.dispose();
      siamese.dispose();
    }));
});
