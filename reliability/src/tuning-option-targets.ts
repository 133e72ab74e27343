import {
  ClassifierTrainer,
  randomClassifier,
  randomSiamese,
  SiameseTrainer,
  type FineTuningOptions,
  type SiameseOptions,
} from '@deepbelief/dbn';
import { nrelu, unitsFromConfig, unitTypes, type UnitsConfig } from '@deepbelief/units';
import { ones, tensor1d, type Rank } from '@tensorflow/tfjs-core';
import { optionsTarget } from './option-targets.ts';
import { promise, type Target } from './target.ts';

const units = optionsTarget(
  'units',
  'configurations of unit types',
  unitTypes.flatMap(({ type, examples }) => examples.map((options) => ({ type, ...options }))),
  (config) => {
    const made = unitsFromConfig(config as UnitsConfig);
    promise(
      JSON.stringify(unitsFromConfig(made.config).config) === JSON.stringify(made.config),
      'another config',
    );
    made.checkSize((made.parts === undefined ? 4 : 1) * made.groupSize);
  },
);

const TUNING: readonly FineTuningOptions[] = [
  {},
  {
    seed: 1,
    batchSize: 10,
    optimizer: { type: 'sgd', momentum: 0.9 },
    learningRate: [[0, 0.1]],
    layerRates: [1, 0.5],
    weightDecay: 0.01,
    maxNorm: 3,
    keepZeros: true,
    dropout: { inputs: 0.2, hidden: 0.5 },
    earlyStopping: { patience: 3 },
  },
  {
    optimizer: { type: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    learningRate: { from: 1, to: 0, epochs: 2 },
  },
];

const NET = [{ units: nrelu(), size: 2 }];

const tuning = optionsTarget(
  'fine-tuning-options',
  "options of a classifier's fine-tuning, and a step with them",
  TUNING,
  (options) => {
    const classifier = randomClassifier({ inputs: 3, layers: NET, classes: 2, seed: 1 });
    const inputs = ones<Rank.R2>([2, 3]);
    const labels = tensor1d([0, 1], 'int32');
    let trainer: ClassifierTrainer | undefined;
    try {
      trainer = new ClassifierTrainer(classifier, options as FineTuningOptions);
      trainer.step(inputs, labels);
    } finally {
      for (const owner of [trainer, classifier, inputs, labels]) owner?.dispose();
    }
  },
);

const pairTuning = optionsTarget(
  'siamese-options',
  "options of a Siamese net's fine-tuning, and a step with them",
  TUNING.map((options) => ({ ...options, earlyStopping: undefined })),
  (options) => {
    const siamese = randomSiamese({ inputs: 3, layers: NET, seed: 1 });
    const inputs = ones<Rank.R2>([2, 3]);
    const same = tensor1d([0, 1]);
    let trainer: SiameseTrainer | undefined;
    try {
      trainer = new SiameseTrainer(siamese, options as SiameseOptions);
      trainer.step(inputs, inputs, same);
    } finally {
      for (const owner of [trainer, siamese, inputs, same]) owner?.dispose();
    }
  },
);

export const tuningOptionTargets: readonly Target[] = [units, tuning, pairTuning];
