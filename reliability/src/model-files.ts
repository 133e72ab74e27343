import { parameterTensors } from '@deepbelief/rbm/internal';
import {
  ClassifierTrainer,
  Dbn,
  decodeClassifier,
  decodeClassifierTrainer,
  decodeDbn,
  decodeSiamese,
  decodeSiameseTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
  encodeDbn,
  encodeSiamese,
  encodeSiameseTrainer,
  randomClassifier,
  randomSiamese,
  SiameseTrainer,
  type FineTuningOptions,
} from '@deepbelief/dbn';
import {
  createRbm,
  decodeRbm,
  decodeTrainer,
  DivergenceError,
  encodeRbm,
  encodeTrainer,
  RbmTrainer,
  type Rbm,
  type RbmOptions,
  type TrainingOptions,
} from '@deepbelief/rbm';
import {
  binary,
  drelu,
  gaussian,
  nrelu,
  pooledBinary,
  softmax,
  type Units,
} from '@deepbelief/units';
import { tensor1d, zeros, type Rank, type Tensor } from '@tensorflow/tfjs-core';
import { promise, type ErrorClass } from './target.ts';

/** The name of model files while they are read. */
export const MODEL_FILE = 'model.safetensors';

/** Files of one kind: some sound ones, and a function that reads and uses one. */
export interface ModelFiles {
  readonly name: string;
  readonly about: string;
  readonly files: () => Promise<readonly Uint8Array[]>;
  readonly use: (bytes: Uint8Array) => void;
  /** Errors that may refuse a sound file with other values. */
  readonly alsoRefuses: readonly ErrorClass[];
}

function modelFiles(
  name: string,
  about: string,
  files: () => Promise<readonly Uint8Array[]>,
  use: (bytes: Uint8Array) => void,
  alsoRefuses: readonly ErrorClass[] = [],
): ModelFiles {
  return { name, about, files, use, alsoRefuses };
}

/** Makes something, writes it and disposes of it. */
async function written<T extends { dispose(): void }>(
  made: T,
  encode: (made: T) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = await encode(made);
  made.dispose();
  return bytes;
}

function checkFinite(tensors: Readonly<Record<string, Tensor>>): void {
  for (const [name, value] of Object.entries(tensors)) {
    promise([...value.dataSync()].every(Number.isFinite), `${name} is not finite`);
  }
}

const layer = (units: Units, size: number) => ({ units, size });

function smallRbm(
  visible: Units = binary(),
  hidden: Units = nrelu(),
  connection: RbmOptions['connection'] = { type: 'dense' },
) {
  return createRbm({ visible: layer(visible, 3), hidden: layer(hidden, 2), seed: 1, connection });
}

const MASKED = { type: 'masked', shape: [1, 3, 1], side: 1, seed: 1 } as const;
const CONVOLUTIONAL = { type: 'convolutional', shape: [1, 3, 1], filter: [1, 2], maps: 1 } as const;

export const rbm: ModelFiles = modelFiles(
  'rbm',
  'files of an RBM',
  () =>
    Promise.all([
      written(smallRbm(), encodeRbm),
      written(smallRbm(gaussian({ learnSigma: true }), softmax({ groupSize: 2 })), encodeRbm),
      written(smallRbm(gaussian(), drelu(), MASKED), encodeRbm),
      written(
        smallRbm(binary(), pooledBinary({ width: 2, maps: 1, block: 1 }), CONVOLUTIONAL),
        encodeRbm,
      ),
    ]),
  (bytes) => {
    const found = decodeRbm(bytes, MODEL_FILE);
    checkFinite(parameterTensors(found));
    found.dispose();
  },
);

const dbn = modelFiles(
  'dbn',
  'files of a stack of RBMs',
  async () => {
    const stack = new Dbn();
    stack.push(smallRbm());
    stack.push(createRbm({ visible: layer(nrelu(), 2), hidden: layer(nrelu(), 2), seed: 2 }));
    return [await written(stack, encodeDbn)];
  },
  (bytes) => {
    const found = decodeDbn(bytes, MODEL_FILE);
    for (const rbmOfStack of found.layers) checkFinite(parameterTensors(rbmOfStack));
    found.dispose();
  },
);

const NET = [
  { units: nrelu(), size: 2, zeroBias: true },
  { units: gaussian({ learnSigma: true }), size: 2 },
];

const smallClassifier = () => randomClassifier({ inputs: 3, layers: NET, classes: 2, seed: 1 });
const smallSiamese = () =>
  randomSiamese({ inputs: 3, layers: NET, seed: 1, preparation: { size: 8 } });

export const classifier: ModelFiles = modelFiles(
  'classifier',
  'files of a classifier',
  async () => [await written(smallClassifier(), encodeClassifier)],
  (bytes) => {
    const found = decodeClassifier(bytes, MODEL_FILE);
    const inputs = zeros<Rank.R2>([1, found.inputs]);
    const classes = found.logits(inputs);
    promise(
      classes.shape.join() === `1,${found.classes}`,
      `logits have shape [${classes.shape.join(', ')}]`,
    );
    for (const made of [inputs, classes, found]) made.dispose();
  },
);

const siamese = modelFiles(
  'siamese',
  'files of a Siamese net',
  async () => [await written(smallSiamese(), encodeSiamese)],
  (bytes) => {
    const found = decodeSiamese(bytes, MODEL_FILE);
    const inputs = zeros<Rank.R2>([1, found.inputs]);
    const features = found.features(inputs);
    for (const made of [inputs, features, found]) made.dispose();
  },
);

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
  rbm,
  dbn,
  classifier,
  siamese,
  trainer,
  cdTrainer,
  fastTrainer,
  convolutionalTrainer,
  fineTuning,
  pairTuning,
];
