import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import {
  ClassifierTrainer,
  decodeClassifierTrainer,
  encodeClassifierTrainer,
  randomClassifier,
  type FineTuningOptions,
} from '@deepbelief/dbn';
import { normals, randomKey, uniforms } from '@deepbelief/random';
import {
  createRbm,
  decodeTrainer,
  encodeTrainer,
  RbmTrainer,
  type RbmOptions,
  type TrainingOptions,
} from '@deepbelief/rbm';
import {
  binary,
  binomial,
  drelu,
  gaussian,
  nrelu,
  pooledBinary,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '@deepbelief/units';

const [EXAMPLES, VISIBLE, HIDDEN, BATCH] = [200, 12, 8, 10];

/** Steps of an epoch. */
export const EPOCH = EXAMPLES / BATCH;

/** Something that can be trained indefinitely. */
export interface SoakWork {
  readonly name: string;
  /** Trains for some epochs, then replaces itself with its restored checkpoint. */
  turn(epochs: number): Promise<void>;
  dispose(): void;
}

/**
 * All works: every unit type, connection, negative phase and link of optimizers, and fine-tuning
 * with both optimizers.
 */
export function soakWorks(): SoakWork[] {
  const pcd = { type: 'pcd', chains: BATCH } as const;
  const fpcd = { type: 'fpcd', chains: BATCH, fastRate: 0.01 } as const;
  return [
    rbmWork('binary, binary, CD-2', binary(), binary(), bits, {
      negativePhase: { type: 'cd', steps: 2 },
    }),
    rbmWork('binary, binary, PCD, centered', binary(), binary(), bits, {
      negativePhase: pcd,
      centering: true,
    }),
    rbmWork('binary, nrelu, CD, sparse', binary(), nrelu(), bits, {
      sparsity: { target: 0.1, cost: 0.01 },
    }),
    rbmWork('gaussian, nrelu, CD', gaussian(), nrelu(), reals, {
      maxNorm: 2,
      statistics: 'sample',
    }),
    rbmWork('gaussian with learned σ, relu, CD', gaussian({ learnSigma: true }), relu(), reals, {}),
    rbmWork('softmax, binary, PCD', softmax({ groupSize: 4 }), binary(), choices, {
      negativePhase: pcd,
    }),
    rbmWork('spin, spin, PCD', spin(), spin(), (i) => 2 * bits(i) - 1, {
      negativePhase: pcd,
      reconstruction: 'sample',
    }),
    rbmWork(
      'binomial, stepped sigmoid, CD',
      binomial({ copies: 4 }),
      steppedSigmoid({ copies: 3 }),
      counts,
      {},
    ),
    rbmWork('gaussian, drelu, CD', gaussian(), drelu(), reals, {}),
    rbmWork('binary, binary, FPCD', binary(), binary(), bits, { negativePhase: fpcd }),
    rbmWork(
      'convolutional, pooled binary, CD',
      binary(),
      pooledBinary({ width: 2, maps: 2, block: 2 }),
      bits,
      {},
      { type: 'convolutional', shape: [3, 4, 1], filter: [2, 3], maps: 2 },
    ),
    rbmWork(
      'masked, binary, FPCD',
      binary(),
      binary(),
      bits,
      { negativePhase: fpcd },
      { type: 'masked', shape: [3, 4, 1], side: 2, seed: 1 },
    ),
    rbmWork('binary, binary, CD, every link', binary(), binary(), bits, {
      weightDecay: {},
      optimizer: LINKS,
    }),
    classifierWork('fine-tuning, Adam, dropout', { dropout: { inputs: 0.2, hidden: 0.5 } }),
    classifierWork('fine-tuning, SGD', {
      optimizer: { type: 'sgd', momentum: 0.5 },
      learningRate: 0.01,
      maxNorm: 2,
    }),
  ];
}

/** Every link. They keep values bounded themselves. */
const LINKS = [
  { type: 'weight-decay', l1: 0.001, l2: 0.01 },
  { type: 'clip-norm', norm: 1 },
  { type: 'adam' },
  { type: 'max-norm', norm: 2 },
  { type: 'keep-zeros' },
] as const;

const uniform = uniforms(randomKey(1), EXAMPLES * VISIBLE);
const normal = normals(randomKey(2), EXAMPLES * VISIBLE);
const bits = (i: number): number => (uniform[i]! < 0.5 ? 1 : 0);
const reals = (i: number): number => normal[i]!;
const counts = (i: number): number => Math.floor(5 * uniform[i]!);
/** One of four, in groups of four. */
const choices = (i: number): number =>
  Math.floor(4 * uniform[4 * Math.floor(i / 4)]!) === i % 4 ? 1 : 0;

function dataset(value: (i: number) => number): IndexedDataset {
  const inputs = Float32Array.from({ length: EXAMPLES * VISIBLE }, (_, i) => value(i));
  const labels = Uint8Array.from({ length: EXAMPLES }, (_, i) => i % 3);
  return inMemoryDataset({ name: 'soak', inputs, shape: [VISIBLE], labels, classes: 3 });
}

function rbmWork(
  name: string,
  visible: Units,
  hidden: Units,
  value: (i: number) => number,
  given: TrainingOptions,
  connection: RbmOptions['connection'] = { type: 'dense' },
): SoakWork {
  const data = dataset(value);
  // Small steps and weight decay keep values bounded for a million steps.
  const options = {
    batchSize: BATCH,
    learningRate: 0.001,
    weightDecay: { l1: 0.001, l2: 0.01 },
    ...given,
  };
  const rbm = createRbm({
    visible: { units: visible, size: VISIBLE },
    hidden: { units: hidden, size: HIDDEN },
    connection,
  });
  let trainer = new RbmTrainer(rbm, options);
  const end = (): void => {
    trainer.dispose();
    trainer.rbm.dispose();
  };
  return {
    name,
    async turn(epochs) {
      for await (const { reconstructionError = 0 } of trainer.epochs(
        data,
        trainer.position.epoch + epochs,
      )) {
        if (!Number.isFinite(reconstructionError))
          throw new Error(`${name}: the error is ${reconstructionError}`);
      }
      const checkpoint = await encodeTrainer(trainer);
      end();
      trainer = decodeTrainer(checkpoint, name, options);
    },
    dispose: end,
  };
}

function classifierWork(name: string, given: FineTuningOptions): SoakWork {
  const data = dataset(bits);
  const options = { batchSize: BATCH, weightDecay: 0.01, ...given };
  const layers = [
    { units: nrelu(), size: HIDDEN },
    { units: binary(), size: HIDDEN },
  ];
  let trainer = new ClassifierTrainer(
    randomClassifier({ inputs: VISIBLE, layers, classes: 3 }),
    options,
  );
  const end = (): void => {
    trainer.dispose();
    trainer.classifier.dispose();
  };
  return {
    name,
    async turn(epochs) {
      for await (const { loss } of trainer.epochs(data, trainer.position.epoch + epochs, data)) {
        if (!Number.isFinite(loss)) throw new Error(`${name}: the loss is ${loss}`);
      }
      const checkpoint = await encodeClassifierTrainer(trainer);
      end();
      trainer = decodeClassifierTrainer(checkpoint, name, options);
    },
    dispose: end,
  };
}
