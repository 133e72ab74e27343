import { binary, nrelu } from '@deepbelief/units';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  classifierParameters,
  ClassifierTrainer,
  type Classifier,
  type FineTuningOptions,
} from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { referenceGradient, referenceNet } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers } from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
  [-0.7, 0.1, 0.5],
  [0.2, 0.9, -1.1],
];
const labels = [2, 0, 1, 1];

/** Two hidden layers, the biases of the first fixed at zero. */
function classifier(): Classifier {
  const layers = [
    { units: nrelu(), size: 5, zeroBias: true },
    { units: binary(), size: 4 },
  ];
  return smallClassifier(3, layers, 3);
}

/** Trains on one minibatch for steps at the given epochs. */
function train(trained: Classifier, options: FineTuningOptions, epochs: readonly number[]): void {
  const trainer = new ClassifierTrainer(trained, options);
  const x = matrix(inputs);
  const y = tensor1d(labels, 'int32');
  for (const epoch of epochs) trainer.step(x, y, epoch);
  expect(trainer.position.step).toBe(epochs.length);
  x.dispose();
  y.dispose();
  trainer.dispose();
}

/** The parameters after such training, by name. */
function trainedParameters(
  options: FineTuningOptions,
  epochs: readonly number[] = [0],
): Record<string, number[]> {
  const trained = classifier();
  train(trained, options, epochs);
  const { parameters } = referenceNet(trained);
  trained.dispose();
  return parameters;
}

/** Length of each column of a weight matrix of so many rows. */
function columnNorms(weights: readonly number[], rows: number): number[] {
  const columns = weights.length / rows;
  return Array.from({ length: columns }, (_, j) => {
    const column = Array.from({ length: rows }, (__, i) => weights[i * columns + j]!);
    return Math.hypot(...column);
  });
}

test('steps follow rate, schedule, layer rates, momentum and weight decay as a float64 net does', () =>
  expectNoLeak(() => {
    const layerRates = [0.5, 1, 2];
    const decay = 0.05;
    const trained = classifier();
    const net = referenceNet(trained);
    const velocities = Object.fromEntries(
      Object.entries(net.parameters).map(([name, p]) => [name, p.map(() => 0)]),
    );
    const rates = [0.2, 0.2, 0.1, 0.1];
    for (const rate of rates) {
      const gradient = referenceGradient(net, { inputs, labels });
      for (const [name, values] of Object.entries(net.parameters)) {
        const layer = name.startsWith('output') ? 2 : Number(name[5]) - 1;
        const penalty = name.endsWith('.weights') ? decay : 0;
        velocities[name] = velocities[name]!.map(
          (v, i) =>
            0.7 * v - rate * layerRates[layer]! * (gradient[name]![i]! + penalty * values[i]!),
        );
        net.parameters[name] = values.map((value, i) => value + velocities[name]![i]!);
      }
    }

    const optimizer = { type: 'sgd', momentum: 0.7 } as const;
    const learningRate = [
      [0, 0.2],
      [1, 0.1],
    ] as const;
    train(trained, { optimizer, learningRate, layerRates, weightDecay: decay }, [0, 0.5, 1, 1.5]);
    for (const [name, tensor] of Object.entries(classifierParameters(trained))) {
      expectClose(numbers(tensor), net.parameters[name]!, { relative: 5e-6, absolute: 5e-6 }, name);
    }
    trained.dispose();
  }));

test('biases fixed at zero stay there', () =>
  expectNoLeak(() => {
    const trained = classifier();
    train(trained, { learningRate: 0.1, weightDecay: 0.1 }, [0, 0, 0]);
    expect(numbers(trained.layers[0]!.bias)).toEqual([0, 0, 0, 0, 0]);
    expect(numbers(trained.layers[1]!.bias)).not.toContain(0);
    trained.dispose();
  }));

test.each(['sgd', 'adam'] as const)('a layer rate of 0 freezes that layer alone, with %s', (type) =>
  expectNoLeak(() => {
    const start = trainedParameters({}, []);
    const frozen = trainedParameters(
      { optimizer: { type }, layerRates: [1, 0, 1], weightDecay: 0.1 },
      [0, 0, 0],
    );
    const moved = Object.keys(start).filter((name) =>
      frozen[name]!.some((value, i) => value !== start[name]![i]),
    );
    expect(moved).toEqual(['layer1.weights', 'output.weights', 'output.bias']);
  }),
);

test.each<[string, FineTuningOptions]>([
  ['SGD', { optimizer: { type: 'sgd' }, weightDecay: 0.1 }],
  ['Adam', {}],
])(
  'keepZeros moves the weights that are not zero as ever, and no other, with %s',
  (_name, options) =>
    expectNoLeak(() => {
      const cut = (value: number, i: number): number => (i % 3 === 0 ? 0 : value);
      const after = (
        keepZeros: boolean,
        steps: number[],
        maxNorm?: number,
      ): Record<string, number[]> => {
        const trained = classifier();
        const { weights } = trained.layers[0]!;
        trained.layers[0]!.weights = tensor2d(numbers(weights).map(cut), weights.shape);
        weights.dispose();
        train(trained, { ...options, keepZeros, ...(maxNorm !== undefined && { maxNorm }) }, steps);
        // Zeros of either sign are zeros.
        const values = Object.entries(classifierParameters(trained)).map(([name, tensor]) => [
          name,
          numbers(tensor).map((value) => value + 0),
        ]);
        trained.dispose();
        return Object.fromEntries(values) as Record<string, number[]>;
      };
      const [free, kept] = [after(false, [0]), after(true, [0])];
      const name = 'layer1.weights';
      expect(free[name]!.every((value) => value !== 0)).toBe(true);
      expect(kept).toEqual({ ...free, [name]: free[name]!.map(cut) });
      for (const maxNorm of [undefined, 0.5]) {
        const later = after(true, [0, 0, 0], maxNorm)[name]!;
        expect(later.map((value) => value === 0)).toEqual(later.map((_, i) => i % 3 === 0));
      }
    }),
);

test('a maximal norm scales back the longer columns of weights and leaves the shorter ones', () =>
  expectNoLeak(() => {
    const free = trainedParameters({ learningRate: 0.1 });
    const limited = trainedParameters({ learningRate: 0.1, maxNorm: 1 });
    for (const [name, rows] of [
      ['layer1.weights', 3],
      ['layer2.weights', 5],
      ['output.weights', 4],
    ] as const) {
      const [before, after] = [free[name]!, limited[name]!];
      const norms = columnNorms(before, rows);
      expectClose(
        columnNorms(after, rows),
        norms.map((norm) => Math.min(1, norm)),
      );
      expectClose(
        after,
        before.map((value, i) => value / Math.max(1, norms[i % norms.length]!)),
        undefined,
        name,
      );
    }
    expect(limited['layer2.bias']).toEqual(free['layer2.bias']);
    const all = [
      ...columnNorms(free['layer1.weights']!, 3),
      ...columnNorms(free['layer2.weights']!, 5),
    ];
    expect(
      all.some((norm) => norm < 1) && all.some((norm) => norm > 1),
      'both kinds of columns',
    ).toBe(true);
  }));

test('the default is Adam with rate 0.001, and for SGD the rate is 0.1', () =>
  expectNoLeak(() => {
    const adam = {
      optimizer: { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.001,
    } as const;
    expect(trainedParameters({}, [0, 0])).toEqual(trainedParameters(adam, [0, 0]));
    const sgd = { optimizer: { type: 'sgd', momentum: 0.9 }, learningRate: 0.1 } as const;
    expect(trainedParameters({ optimizer: { type: 'sgd' } }, [0, 0])).toEqual(
      trainedParameters(sgd, [0, 0]),
    );
  }));

test('a minibatch of another width is refused and leaves everything as it was', () =>
  expectNoLeak(() => {
    const trained = classifier();
    const trainer = new ClassifierTrainer(trained);
    const x = matrix([[1, 2]]);
    const y = tensor1d([0], 'int32');
    expect(() => trainer.step(x, y)).toThrow(
      /fine-tuning: inputs has shape \[1, 2\], expected \[batch, 3\]/,
    );
    expect(trainer.position.step).toBe(0);
    for (const owner of [x, y, trainer, trained]) owner.dispose();
  }));
