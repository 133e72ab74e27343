import type { OptimizerOptions } from '@deepbelief/training';
import { binary } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import { ClassifierTrainer, type FineTuningOptions } from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const refused: readonly (readonly [string, string, FineTuningOptions])[] = [
  ['seed', '-1', { seed: -1 }],
  ['seed', '1.5', { seed: 1.5 }],
  ['seed', 'NaN', { seed: NaN }],
  ['batchSize', '0', { batchSize: 0 }],
  ['batchSize', '2.5', { batchSize: 2.5 }],
  ['batchSize', 'Infinity', { batchSize: Infinity }],
  ['learningRate', '-0.1', { learningRate: -0.1 }],
  ['learningRate', '1e+300', { learningRate: 1e300 }],
  ['learningRate', 'NaN', { learningRate: NaN }],
  ['learningRate', 'empty', { learningRate: [] }],
  ['learningRate[0] epoch', '1', { learningRate: [[1, 0.1]] }],
  [
    'learningRate[1]',
    '-2',
    {
      learningRate: [
        [0, 0.1],
        [1, -2],
      ],
    },
  ],
  ['learningRate.from', 'Infinity', { learningRate: { from: Infinity, to: 0, epochs: 1 } }],
  ['learningRate.to', '-1', { learningRate: { from: 1, to: -1, epochs: 1 } }],
  ['learningRate.epochs', '0', { learningRate: { from: 1, to: 0, epochs: 0 } }],
  ['layerRates', '2 values', { layerRates: [1, 1] }],
  ['layerRates[1]', '-1', { layerRates: [1, -1, 1] }],
  ['weightDecay', '-0.001', { weightDecay: -0.001 }],
  ['maxNorm', '0', { maxNorm: 0 }],
  ['maxNorm', '-3', { maxNorm: -3 }],
  ['dropout.inputs', '1', { dropout: { inputs: 1 } }],
  ['dropout.inputs', '-0.5', { dropout: { inputs: -0.5 } }],
  ['dropout.hidden', '1.5', { dropout: { hidden: 1.5 } }],
  ['dropout.hidden', 'NaN', { dropout: { hidden: NaN } }],
  ['earlyStopping.patience', '0', { earlyStopping: { patience: 0 } }],
  ['earlyStopping.patience', '1.5', { earlyStopping: { patience: 1.5 } }],
];

const refusedOptimizers: readonly (readonly [string, string, OptimizerOptions])[] = [
  ['momentum', '1.5', { type: 'sgd', momentum: 1.5 }],
  ['momentum', '-0.1', { type: 'sgd', momentum: -0.1 }],
  ['beta1', '1', { type: 'adam', beta1: 1 }],
  ['beta2', 'NaN', { type: 'adam', beta2: NaN }],
  ['beta2', '1', { type: 'adam', beta2: 1 }],
  ['epsilon', '0', { type: 'adam', epsilon: 0 }],
  ['epsilon', '1e-30', { type: 'adam', epsilon: 1e-30 }],
  ['type', 'rmsprop', JSON.parse('{"type":"rmsprop"}') as OptimizerOptions],
];

/** Expects a RangeError of one line that names the option and its value. */
function expectRefusal(body: () => unknown, name: string, value: string): void {
  let thrown: unknown;
  try {
    body();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RangeError);
  const { message } = thrown as RangeError;
  expect(message).toMatch(/^fine-tuning options[\w, ]*: [^\n]*expected [^\n]*$/);
  expect(message).toContain(`${name} `);
  expect(message).toContain(value);
}

describe('a trainer refuses, and leaves nothing behind,', () => {
  const withOptimizers = [
    ...refused,
    ...refusedOptimizers.map(([name, value, optimizer]) => [name, value, { optimizer }] as const),
  ];
  test.each(withOptimizers)('%s %s', (name, value, options) =>
    expectNoLeak(() => {
      const layers = [4, 4].map((size) => ({ units: binary(), size }));
      const classifier = smallClassifier(3, layers, 2);
      expectRefusal(() => new ClassifierTrainer(classifier, options), name, value);
      classifier.dispose();
    }),
  );
});
