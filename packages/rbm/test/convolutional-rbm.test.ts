import { convolutional, sumOverSharedBiases } from '@deepbelief/connections';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';
import { binary, gaussian, pooledBinary, type Units } from '@deepbelief/units';
import { dispose, mul, sub, sum, tensor1d, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  createRbm,
  decodeRbm,
  encodeRbm,
  freeEnergy,
  hiddenMean,
  RbmTrainer,
  type Rbm,
} from '../src/index.ts';

// Pictures of 4 × 3 pixels, filters of 3 × 2: two maps of 2 × 2 units.
const [HEIGHT, WIDTH, ROWS, COLUMNS, MAPS] = [4, 3, 2, 2, 2];
const [FILTER_HEIGHT, FILTER_WIDTH] = [3, 2];
const visible = HEIGHT * WIDTH;
const hidden = ROWS * COLUMNS * MAPS;
const states = Array.from({ length: 2 ** visible }, (_, bits) =>
  Array.from({ length: visible }, (_bit, i) => (bits >> i) & 1),
);
const data = [states[0b101100011010]!, states[0b111000110001]!, states[0b000111000111]!];

/** The parameters that are learned: filters, a bias for each map, one for all pixels. */
interface Model {
  readonly filters: number[];
  readonly mapBias: number[];
  readonly pixelBias: number[];
  readonly block: 1 | 2;
}

const modelOf = (block: 1 | 2): Model => ({
  filters: Array.from({ length: FILTER_HEIGHT * FILTER_WIDTH * MAPS }, (_, i) =>
    Math.sin(2.3 * i + 1),
  ),
  mapBias: [-0.4, 0.3],
  pixelBias: [0.2],
  block,
});

/** log Σ_h exp(−E(v, h)) from the definition of the correlation. */
function logWeight({ filters, mapBias, pixelBias, block }: Model, v: readonly number[]): number {
  let total = v.reduce((all, pixel) => all + pixel * pixelBias[0]!, 0);
  for (let map = 0; map < MAPS; map++) {
    const odds: number[] = [];
    for (let y = 0; y < ROWS; y++)
      for (let x = 0; x < COLUMNS; x++) {
        let input = mapBias[map]!;
        for (let i = 0; i < FILTER_HEIGHT; i++)
          for (let j = 0; j < FILTER_WIDTH; j++)
            input += v[(y + i) * WIDTH + x + j]! * filters[(i * FILTER_WIDTH + j) * MAPS + map]!;
        odds.push(Math.exp(input));
      }
    // A block of 2 × 2 is a whole map here, with at most one unit on.
    if (block === 2) total += Math.log1p(odds.reduce((a, b) => a + b));
    else for (const one of odds) total += Math.log1p(one);
  }
  return total;
}

/** log Σ_v Σ_h exp(−E(v, h)). */
function logPartition(model: Model): number {
  return Math.log(states.reduce((all, v) => all + Math.exp(logWeight(model, v)), 0));
}

function logLikelihood(model: Model): number {
  const mean = data.reduce((all, v) => all + logWeight(model, v), 0) / data.length;
  return mean - logPartition(model);
}

function rbmOf({ filters, mapBias, pixelBias, block }: Model): Rbm {
  const weights = tensor4d(filters, [FILTER_HEIGHT, FILTER_WIDTH, 1, MAPS]);
  const units: Units = block === 1 ? binary() : pooledBinary({ width: COLUMNS, maps: MAPS, block });
  const rbm = createRbm({
    visible: { units: binary(), size: visible },
    hidden: { units, size: hidden },
    connection: convolutional(
      { shape: [HEIGHT, WIDTH, 1], filter: [FILTER_HEIGHT, FILTER_WIDTH], maps: MAPS },
      weights,
    ),
  });
  dispose([rbm.visible.bias, rbm.hidden.bias]);
  rbm.visible.bias = tensor1d(Array.from({ length: visible }, () => pixelBias[0]!));
  rbm.hidden.bias = tensor1d(Array.from({ length: hidden }, (_, i) => mapBias[i % MAPS]!));
  return rbm;
}

describe.each([1, 2] as const)('a convolutional RBM with blocks of %i', (block) => {
  test('has the free energy of its definition', () =>
    expectNoLeak(() => {
      const rbm = rbmOf(modelOf(block));
      const v = matrix(states);
      expectClose(
        take(freeEnergy(rbm, v)).map((energy) => -energy),
        states.map((state) => logWeight(modelOf(block), state)),
        { relative: 2e-6, absolute: 5e-6 },
      );
      v.dispose();
      rbm.dispose();
    }));

  test('has the gradient of the enumerated log-likelihood', () =>
    expectNoLeak(() => {
      const model = modelOf(block);
      const slopes = (values: number[]): number[] =>
        values.map((value, i) => {
          const at = (moved: number): number => {
            values[i] = moved;
            return logLikelihood(model);
          };
          const slope = (at(value + 1e-4) - at(value - 1e-4)) / 2e-4;
          values[i] = value;
          return slope;
        });
      const expected = [slopes(model.filters), slopes(model.mapBias), slopes(model.pixelBias)];

      const rbm = rbmOf(model);
      const { connection } = rbm;
      const found = tidy(() => {
        // Data count alike and positive, all states by their probability and negative.
        const whole = logPartition(model);
        const odds = states.map((v) => -Math.exp(logWeight(model, v) - whole));
        const counts = [...data.map(() => 1 / data.length), ...odds];
        const v = matrix([...data, ...states]);
        const column = tensor2d(counts, [counts.length, 1]);
        const weighted = mul(hiddenMean(rbm, v), column);
        const share = (side: 'visible' | 'hidden', rows: Tensor): number[] =>
          numbers(sumOverSharedBiases(connection, side, sum<Tensor1D>(rows, 0)));
        return [
          numbers(connection.product(v, weighted as Tensor2D) as Tensor),
          share('hidden', weighted).slice(0, MAPS),
          share('visible', mul(v, column)).slice(0, 1),
        ].map((values) => tensor1d(values));
      });
      for (const [i, values] of found.entries())
        expectClose(take(values), expected[i]!, { relative: 1e-4, absolute: 1e-4 });
      rbm.dispose();
    }));

  test('keeps biases shared in training, and is saved and read again', () =>
    expectNoLeak(async () => {
      const rbm = rbmOf(modelOf(block));
      const before = numbers(rbm.connection.weights);
      const trainer = new RbmTrainer(rbm, {
        learningRate: 0.05,
        sparsity: { target: 0.1, cost: 1 },
      });
      const minibatch = matrix(data);
      for (let step = 0; step < 4; step++) trainer.step(minibatch);
      const bias = numbers(rbm.hidden.bias);
      expectClose(
        bias,
        bias.map((_, i) => bias[i % MAPS]!),
        { relative: 1e-6, absolute: 1e-6 },
      );
      expect(bias[0]).not.toBe(bias[1]);
      const pixels = numbers(rbm.visible.bias);
      expectClose(
        pixels,
        pixels.map(() => pixels[0]!),
        { relative: 1e-6, absolute: 1e-6 },
      );
      expect(numbers(rbm.connection.weights)).not.toEqual(before);
      const again = decodeRbm(await encodeRbm(rbm), 'file');
      expect(again.connection.config).toEqual(rbm.connection.config);
      expect(numbers(again.connection.weights)).toEqual(numbers(rbm.connection.weights));
      for (const owner of [minibatch, trainer, again, rbm]) owner.dispose();
    }));
});

test.each([
  ['channel', [0.5, 0.25]],
  ['pixel', [0.75, 0.5, 0.25, 0]],
] as const)('visible biases of a %s start at the mean of its pixels', (visibleBias, expected) =>
  expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: binary(), size: 4 },
      hidden: { units: binary(), size: 2 },
      connection: {
        type: 'convolutional',
        shape: [1, 2, 2],
        filter: [1, 1],
        maps: 1,
        visibleBias,
      },
      visibleMean: Float32Array.of(0.75, 0.5, 0.25, 0),
    });
    const means = numbers(rbm.visible.bias).map((bias) => 1 / (1 + Math.exp(-bias)));
    const wanted = means.map((_, i) => expected[i % expected.length]!);
    expectClose(means, wanted, { relative: 1e-6, absolute: 1e-3 });
    rbm.dispose();
  }),
);

test('units that share a bias share what their type learns: the sum of their own steps', () =>
  expectNoLeak(() => {
    // Two channels, whose pixels have a learned σ each or one a channel.
    const [shape, size] = [[3, 4, 2], 24] as const;
    const steps = (['pixel', 'channel'] as const).map((visibleBias) => {
      const rbm = createRbm({
        visible: { units: gaussian({ learnSigma: true }), size },
        hidden: { units: binary(), size: 2 * 3 * 2 },
        connection: { type: 'convolutional', shape, filter: [2, 2], maps: 2, visibleBias },
        weightScale: 0.3,
      });
      const minibatch = matrix(
        Array.from({ length: 3 }, (_row, i) =>
          Array.from({ length: size }, (_, j) => Math.sin(5 * i + j * j)),
        ),
      );
      const before = numbers(rbm.visible.parameters['logPrecision']!);
      const options = { learningRate: 0.01, parameterRate: 1, momentum: 0, seed: 4 };
      const trainer = new RbmTrainer(rbm, options);
      trainer.step(minibatch);
      const after = numbers(rbm.visible.parameters['logPrecision']!);
      for (const owner of [minibatch, trainer, rbm]) owner.dispose();
      return after.map((value, i) => value - before[i]!);
    });
    const [own, shared] = steps as [number[], number[]];
    const sums = [0, 1].map((channel) =>
      own.reduce((total, step, i) => total + (i % 2 === channel ? step : 0), 0),
    );
    expect(sums[0]).not.toBeCloseTo(sums[1]!, 4);
    expectClose(
      shared,
      shared.map((_, i) => sums[i % 2]!),
      { relative: 1e-4, absolute: 1e-6 },
    );
  }));

test('an RBM with a mask trains with zeros outside it', () =>
  expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: binary(), size: visible },
      hidden: { units: binary(), size: 5 },
      connection: { type: 'masked', shape: [HEIGHT, WIDTH, 1], side: 2, seed: 3 },
      weightScale: 0.5,
    });
    const before = numbers(rbm.weights);
    const trainer = new RbmTrainer(rbm, { learningRate: 0.1, centering: true });
    const minibatch = matrix(data);
    for (let step = 0; step < 3; step++) trainer.step(minibatch);
    const after = numbers(rbm.weights);
    expect(after.map((w) => w === 0)).toEqual(before.map((w) => w === 0));
    const moved = tidy(() => numbers(sub(tensor1d(after), tensor1d(before))));
    expect(moved.filter((w) => w !== 0)).toHaveLength(before.filter((w) => w !== 0).length);
    for (const owner of [minibatch, trainer, rbm]) owner.dispose();
  }));
