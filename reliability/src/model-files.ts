import { parameterTensors } from '@deepbelief/rbm/internal';
import {
  Dbn,
  decodeClassifier,
  decodeDbn,
  decodeSiamese,
  encodeClassifier,
  encodeDbn,
  encodeSiamese,
  randomClassifier,
  randomSiamese,
} from '@deepbelief/dbn';
import { decodeModel, encodeModel, fit } from '@deepbelief/models';
import { createRbm, decodeRbm, encodeRbm, type RbmOptions } from '@deepbelief/rbm';
import { TableError } from '@deepbelief/tables';
import {
  binary,
  drelu,
  gaussian,
  nrelu,
  pooledBinary,
  softmax,
  type Units,
} from '@deepbelief/units';
import { zeros, type Rank, type Tensor } from '@tensorflow/tfjs-core';
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

export function modelFiles(
  name: string,
  about: string,
  files: () => Promise<readonly Uint8Array[]>,
  use: (bytes: Uint8Array) => void,
  alsoRefuses: readonly ErrorClass[] = [],
): ModelFiles {
  return { name, about, files, use, alsoRefuses };
}

/** Makes something, writes it and disposes of it. */
export async function written<T extends { dispose(): void }>(
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

export function smallRbm(
  visible: Units = binary(),
  hidden: Units = nrelu(),
  connection: RbmOptions['connection'] = { type: 'dense' },
) {
  return createRbm({ visible: layer(visible, 3), hidden: layer(hidden, 2), seed: 1, connection });
}

export const MASKED = { type: 'masked', shape: [1, 3, 1], side: 1, seed: 1 } as const;
export const CONVOLUTIONAL = {
  type: 'convolutional',
  shape: [1, 3, 1],
  filter: [1, 2],
  maps: 1,
} as const;

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

export const smallClassifier = () =>
  randomClassifier({ inputs: 3, layers: NET, classes: 2, seed: 1 });
export const smallSiamese = () =>
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

/** A model of a table with numbers, categories, a gap, a constant column and a label. */
const tableModel = modelFiles(
  'table-model',
  'files of a model of a table',
  async () => {
    const columns = ['size', 'color', 'always', 'kind'];
    const rows = Array.from({ length: 12 }, (_, i) => [
      i === 3 ? null : i / 2,
      ['red', 'green', 'blue'][i % 3]!,
      'x',
      i % 2 === 0 ? 'even' : 'odd',
    ]);
    const options = { units: 'binary', layers: [2], epochs: 1, fineTuneEpochs: 1 } as const;
    return [
      await written(await fit({ columns, rows }, options), encodeModel),
      await written(await fit({ columns, rows }, { ...options, label: 'kind' }), encodeModel),
    ];
  },
  (bytes) => {
    const found = decodeModel(bytes, MODEL_FILE);
    checkFinite(parameterTensors(found.rbm));
    found.dispose();
  },
  [TableError],
);

/** All kinds of model files but checkpoints. */
export const SAVED_MODELS: readonly ModelFiles[] = [rbm, dbn, classifier, siamese, tableModel];
