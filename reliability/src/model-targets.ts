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
  ModelFileError,
  parameterTensors,
  readBundleHeader,
  RbmTrainer,
  type TrainingOptions,
} from '@deepbelief/rbm';
import { SafetensorsError } from '@deepbelief/safetensors';
import { binary, gaussian, nrelu, softmax, type Units } from '@deepbelief/units';
import { tensor1d, zeros, type Rank, type Tensor } from '@tensorflow/tfjs-core';
import { bytesOf, contentOf, damageBundle, showBundle, type DamagedBundle } from './damage-bundle.ts';
import { damageBytes } from './damage-bytes.ts';
import { promise, type ErrorClass, type Target } from './target.ts';

const FILE = 'model.safetensors';

/** A target of files of one kind: some sound ones, and what reads and uses one. */
function bundleTarget(
  name: string,
  about: string,
  files: () => Promise<readonly Uint8Array[]>,
  use: (bytes: Uint8Array) => void,
  alsoRefuses: readonly ErrorClass[] = [],
): Target<DamagedBundle> {
  return {
    name,
    about,
    short: 1000,
    async prepare() {
      const sound = (await files()).map((bytes) => ({ bytes, content: contentOf(bytes) }));
      return {
        refusals: [SafetensorsError, ModelFileError, ...alsoRefuses],
        input: (draws) => damageBundle(draws, sound),
        show: showBundle,
        size: (damaged) =>
          damaged instanceof Uint8Array ? damaged.length : (JSON.stringify(damaged.config)?.length ?? 0),
        async run(damaged) {
          const bytes = await bytesOf(damaged);
          if (bytes !== undefined) use(bytes);
        },
      };
    },
  };
}

/** Makes something, writes it, and disposes of it. */
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

function smallRbm(visible: Units = binary(), hidden: Units = nrelu(), zeroHiddenBias = false) {
  return createRbm({ visible: layer(visible, 3), hidden: layer(hidden, 2), seed: 1, zeroHiddenBias });
}

const rbm = bundleTarget(
  'rbm',
  'files of an RBM',
  () =>
    Promise.all([
      written(smallRbm(), encodeRbm),
      written(smallRbm(gaussian({ learnSigma: true }), softmax({ groupSize: 2 })), encodeRbm),
    ]),
  (bytes) => {
    const found = decodeRbm(bytes, FILE);
    checkFinite(parameterTensors(found));
    found.dispose();
  },
);

const dbn = bundleTarget(
  'dbn',
  'files of a stack of RBMs',
  async () => {
    const stack = new Dbn();
    stack.push(smallRbm());
    stack.push(createRbm({ visible: layer(nrelu(), 2), hidden: layer(nrelu(), 2), seed: 2 }));
    return [await written(stack, encodeDbn)];
  },
  (bytes) => {
    const found = decodeDbn(bytes, FILE);
    for (const rbmOfStack of found.layers) checkFinite(parameterTensors(rbmOfStack));
    found.dispose();
  },
);

const NET = [
  { units: nrelu(), size: 2, zeroBias: true },
  { units: gaussian({ learnSigma: true }), size: 2 },
];

const smallClassifier = () => randomClassifier({ inputs: 3, layers: NET, classes: 2, seed: 1 });
const smallSiamese = () => randomSiamese({ inputs: 3, layers: NET, seed: 1, preparation: { size: 8 } });

const classifier = bundleTarget(
  'classifier',
  'files of a classifier',
  async () => [await written(smallClassifier(), encodeClassifier)],
  (bytes) => {
    const found = decodeClassifier(bytes, FILE);
    const inputs = zeros<Rank.R2>([1, found.inputs]);
    const classes = found.logits(inputs);
    promise(classes.shape.join() === `1,${found.classes}`, `logits have shape [${classes.shape.join(', ')}]`);
    for (const made of [inputs, classes, found]) made.dispose();
  },
);

const siamese = bundleTarget(
  'siamese',
  'files of a Siamese net',
  async () => [await written(smallSiamese(), encodeSiamese)],
  (bytes) => {
    const found = decodeSiamese(bytes, FILE);
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

const trainer = bundleTarget(
  'rbm-checkpoint',
  "checkpoints of an RBM's training, read and gone on with",
  async () => {
    const made = new RbmTrainer(smallRbm(binary(), binary()), TRAINING);
    const first = await encodeTrainer(made);
    const inputs = zeros<Rank.R2>([2, 3]);
    made.step(inputs);
    const second = await encodeTrainer(made);
    for (const owner of [made, made.rbm, inputs]) owner.dispose();
    return [first, second];
  },
  (bytes) => {
    const found = decodeTrainer(bytes, FILE, TRAINING);
    const inputs = zeros<Rank.R2>([2, found.rbm.visible.size]);
    try {
      found.step(inputs);
    } finally {
      for (const owner of [found, found.rbm, inputs]) owner.dispose();
    }
  },
  [DivergenceError],
);

const fineTuning = bundleTarget(
  'classifier-checkpoint',
  'checkpoints of fine-tuning a classifier, read and gone on with',
  async () => {
    const made = new ClassifierTrainer(smallClassifier(), TUNING);
    const bytes = await encodeClassifierTrainer(made);
    for (const owner of [made, made.classifier]) owner.dispose();
    return [bytes];
  },
  (bytes) => {
    const found = decodeClassifierTrainer(bytes, FILE, TUNING);
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

const pairTuning = bundleTarget(
  'siamese-checkpoint',
  'checkpoints of fine-tuning a Siamese net, read and gone on with',
  async () => {
    const made = new SiameseTrainer(smallSiamese(), PAIR_TUNING);
    const bytes = await encodeSiameseTrainer(made);
    for (const owner of [made, made.siamese]) owner.dispose();
    return [bytes];
  },
  (bytes) => {
    const found = decodeSiameseTrainer(bytes, FILE, PAIR_TUNING);
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

/** Any bytes at all: what tells files of ours from others. */
const header: Target<Uint8Array> = {
  name: 'model-header',
  about: 'headers of model files',
  async prepare() {
    const sound = [await written(smallRbm(), encodeRbm), await written(smallClassifier(), encodeClassifier)];
    return {
      refusals: [SafetensorsError, ModelFileError],
      mentions: FILE,
      input: (draws) => damageBytes(draws, sound),
      run(bytes) {
        const { kind } = readBundleHeader(bytes, FILE);
        promise(typeof kind === 'string', 'the kind is no text');
      },
    };
  },
};

export const modelTargets: readonly Target[] = [header, rbm, dbn, classifier, siamese, trainer, fineTuning, pairTuning];
