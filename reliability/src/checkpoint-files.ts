import {
  ClassifierTrainer,
  decodeClassifierTrainer,
  decodeSiameseTrainer,
  encodeClassifierTrainer,
  encodeSiameseTrainer,
  SiameseTrainer,
  type FineTuningOptions,
} from '@deepbelief/dbn';
import {
  decodeTrainer,
  DivergenceError,
  encodeTrainer,
  RbmTrainer,
  type Rbm,
  type TrainingOptions,
} from '@deepbelief/rbm';
import { binary, drelu } from '@deepbelief/units';
import { tensor1d, zeros, type Rank } from '@tensorflow/tfjs-core';
import {
  CONVOLUTIONAL,
  MASKED,
  MODEL_FILE,
  modelFiles,
  SAVED_MODELS,
  smallClassifier,
  smallRbm,
  smallSiamese,
  type ModelFiles,
} from './model-files.ts';

const TRAINING: TrainingOptions = {
  batchSize: 2,
  negativePhase: { type: 'pcd', chains: 2 },
  centering: true,
  sparsity: { target: 0.2, cost: 0.1 },
};
const TUNING: FineTuningOptions = { batchSize: 2, earlyStopping: { patience: 2 } };
const { earlyStopping: _patience, ...PAIR_TUNING } = TUNING;

const trainerFiles = (
  name: string,
  about: string,
  options: TrainingOptions,
  made: () => Rbm = () => smallRbm(binary(), binary()),
): ModelFiles =>
  modelFiles(
    name,
    `checkpoints of an RBM's training ${about}, read and resumed`,
    async () => {
      const resumed = new RbmTrainer(made(), options);
      const first = await encodeTrainer(resumed);
      const inputs = zeros<Rank.R2>([2, 3]);
      resumed.step(inputs);
      const second = await encodeTrainer(resumed);
      for (const owner of [resumed, resumed.rbm, inputs]) owner.dispose();
      return [first, second];
    },
    (bytes) => {
      const found = decodeTrainer(bytes, MODEL_FILE, options);
      const inputs = zeros<Rank.R2>([2, found.rbm.visible.size]);
      try {
        found.step(inputs);
      } finally {
        for (const owner of [found, found.rbm, inputs]) owner.dispose();
      }
    },
    [DivergenceError],
  );

const trainer = trainerFiles('rbm-checkpoint', 'with persistent chains', TRAINING);
const { negativePhase: _chains, ...CD_TRAINING } = TRAINING;
const cdTrainer = trainerFiles('rbm-checkpoint-cd', 'by contrastive divergence', CD_TRAINING);

const fastTrainer = trainerFiles(
  'rbm-checkpoint-fpcd',
  'with fast weights, a chain of optimizers and local fields',
  {
    batchSize: 2,
    negativePhase: { type: 'fpcd', chains: 2 },
    optimizer: [
      { type: 'weight-decay', l2: 0.01 },
      { type: 'clip-norm', norm: 1 },
      { type: 'adam' },
      { type: 'max-norm', norm: 2 },
      { type: 'keep-zeros' },
    ],
  },
  () => smallRbm(binary(), binary(), MASKED),
);
const convolutionalTrainer = trainerFiles(
  'rbm-checkpoint-convolutional',
  'with filters and learned parameters',
  { batchSize: 2 },
  () => smallRbm(binary(), drelu(), CONVOLUTIONAL),
);

const fineTuning = modelFiles(
  'classifier-checkpoint',
  'checkpoints of fine-tuning a classifier, read and resumed',
  async () => {
    const made = new ClassifierTrainer(smallClassifier(), TUNING);
    const bytes = await encodeClassifierTrainer(made);
    for (const owner of [made, made.classifier]) owner.dispose();
    return [bytes];
  },
  (bytes) => {
    const found = decodeClassifierTrainer(bytes, MODEL_FILE, TUNING);
    const inputs = zeros<Rank.R2>([2, found.classifier.inputs]);
    const labels = tensor1d([0, 1], 'int32');
    try {
      found.step(inputs, labels);
    } finally {
      for (const owner of [found, found.classifier, inputs, labels]) owner.dispose();
    }
  },
  [DivergenceError],
);

const pairTuning = modelFiles(
  'siamese-checkpoint',
  'checkpoints of fine-tuning a Siamese net, read and resumed',
  async () => {
    const made = new SiameseTrainer(smallSiamese(), PAIR_TUNING);
    const bytes = await encodeSiameseTrainer(made);
    for (const owner of [made, made.siamese]) owner.dispose();
    return [bytes];
  },
  (bytes) => {
    const found = decodeSiameseTrainer(bytes, MODEL_FILE, PAIR_TUNING);
    const inputs = zeros<Rank.R2>([2, found.siamese.inputs]);
    const same = tensor1d([0, 1]);
    try {
      found.step(inputs, inputs, same);
    } finally {
      for (const owner of [found, found.siamese, inputs, same]) owner.dispose();
    }
  },
  [DivergenceError],
);

/** All kinds of model files and training checkpoints. */
export const MODEL_FILES: readonly ModelFiles[] = [
  ...SAVED_MODELS,
  trainer,
  cdTrainer,
  fastTrainer,
  convolutionalTrainer,
  fineTuning,
  pairTuning,
];
