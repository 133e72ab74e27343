import { binary } from '@deepbelief/units';
import { expect, test } from 'vitest';
import {
  ClassifierTrainer,
  randomClassifier,
  randomSiamese,
  SiameseTrainer,
  type FineTuningOptions,
  type RandomClassifierOptions,
  type RandomSiameseOptions,
  type SiameseOptions,
} from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { directionPairs, smallSiamese } from './support/pairs.ts';
import { corners } from './support/toy-data.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const layers = [{ units: binary(), size: 3 }];

test.each<[unknown, string]>([
  [
    { dropout: 0.5 },
    'fine-tuning options, dropout: the options are 0.5, expected an object with inputs, hidden',
  ],
  [
    { dropout: { input: 0.2 } },
    'fine-tuning options, dropout: unknown option input, expected only inputs, hidden',
  ],
  [
    { dropout: { hidden: '0.5' } },
    'fine-tuning options: dropout.hidden is "0.5", expected a finite number from 0 to 0.99',
  ],
  [
    { momentum: 0.9 },
    'fine-tuning options: unknown option momentum, expected only seed, batchSize, optimizer',
  ],
  [
    { optimizer: 'adam' },
    'fine-tuning options, optimizer: the options are "adam", expected an object with type',
  ],
  [
    { optimizer: { type: 'SGD' } },
    'fine-tuning options, optimizer: type is "SGD", expected one of adam',
  ],
  [
    { optimizer: { type: 'sgd', beta1: 0.9 } },
    'fine-tuning options, optimizer, sgd: unknown option beta1, expected only type, momentum',
  ],
  [
    { optimizer: { type: 'adam', momentum: 0.9 } },
    'fine-tuning options, optimizer, adam: unknown option momentum',
  ],
  [
    { optimizer: null },
    'fine-tuning options, optimizer: the options are null, expected an object with type',
  ],
  [
    { learningRate: [0.1] },
    'fine-tuning options: learningRate[0] is 0.1, expected an [epoch, value] pair',
  ],
  [{ layerRates: 1 }, 'fine-tuning options: layerRates is 1, expected a list of numbers'],
  [
    { layerRates: [1, null] },
    'fine-tuning options: layerRates[1] is null, expected a finite number of at least 0',
  ],
  [
    { weightDecay: { l2: 0.1 } },
    'fine-tuning options: weightDecay is {"l2":0.1}, expected a finite number of at least 0',
  ],
  [{ keepZeros: 1 }, 'fine-tuning options: keepZeros is 1, expected true or false'],
  [
    { earlyStopping: 5 },
    'fine-tuning options, earlyStopping: the options are 5, expected an object with patience',
  ],
  [
    { earlyStopping: { patience: 5, delta: 1 } },
    'fine-tuning options, earlyStopping: unknown option delta, expected only patience',
  ],
  [
    { batchSize: null },
    'fine-tuning options: batchSize is null, expected a whole number of at least 1',
  ],
])('fine-tuning with %j is refused', async (options, message) => {
  await expectNoLeak(() => {
    const classifier = smallClassifier(2, layers, 2);
    expect(() => new ClassifierTrainer(classifier, options as FineTuningOptions)).toThrow(message);
    classifier.dispose();
  });
});

test('a Siamese net has no early stopping, and says so', async () => {
  await expectNoLeak(() => {
    const siamese = smallSiamese(3, layers);
    const options = { earlyStopping: { patience: 2 } } as unknown as SiameseOptions;
    expect(() => new SiameseTrainer(siamese, options)).toThrow(
      'fine-tuning options of a Siamese net: unknown option earlyStopping, expected only seed, batchSize, optimizer',
    );
    siamese.dispose();
  });
});

test.each<[unknown, string]>([
  [
    { inputs: 2, layers, classes: 2, weightScale: 1 },
    'randomClassifier: unknown option weightScale, expected only inputs, layers, classes, seed',
  ],
  [
    { inputs: 2, layers: [{ units: binary(), size: 3, bias: 0 }], classes: 2 },
    'randomClassifier, layers[0]: unknown option bias, expected only units, size, zeroBias',
  ],
  [
    { inputs: 2, layers: [{ units: 'binary', size: 3 }], classes: 2 },
    'randomClassifier: layers[0].units is "binary", expected a unit type',
  ],
  [
    { inputs: 2, layers: [{ units: binary(), size: 3, zeroBias: 'yes' }], classes: 2 },
    'randomClassifier: layers[0].zeroBias is "yes", expected true or false',
  ],
  [
    { inputs: 2, layers: 3, classes: 2 },
    'randomClassifier: layers is 3, expected a list of layers',
  ],
  [{ inputs: '2', layers, classes: 2 }, 'randomClassifier: inputs is "2", expected a whole number'],
  [
    { inputs: 2, layers, classes: 2, seed: null },
    'randomClassifier: seed is null, expected a whole number',
  ],
])('a random classifier of %j is refused', async (options, message) => {
  await expectNoLeak(() => {
    expect(() => randomClassifier(options as RandomClassifierOptions)).toThrow(message);
  });
});

test('a random Siamese net has no classes', () => {
  const options = { inputs: 2, layers, classes: 2 } as unknown as RandomSiameseOptions;
  expect(() => randomSiamese(options)).toThrow(
    'randomSiamese: unknown option classes, expected only inputs, layers, seed',
  );
});

test.each([NaN, -1, 1.5, null])('fine-tuning for %j epochs is refused', async (epochs) => {
  await expectNoLeak(async () => {
    const trainers = [
      new ClassifierTrainer(smallClassifier(2, layers, 2)),
      new SiameseTrainer(smallSiamese(3, layers)),
    ] as const;
    const runs = [
      trainers[0].epochs(corners(8, 0.3, 1), epochs as number),
      trainers[1].epochs(directionPairs(8, 0.3, 1), epochs as number),
    ];
    for (const run of runs)
      await expect(run.next()).rejects.toThrow(
        /^fine-tuning: epochs is [^\n]*, expected a whole number/,
      );
    for (const owner of [...trainers, trainers[0].classifier, trainers[1].siamese]) owner.dispose();
  });
});
