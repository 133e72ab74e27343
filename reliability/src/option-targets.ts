import { inspect } from 'node:util';
import {
  createRbm,
  DivergenceError,
  RbmTrainer,
  type RbmOptions,
  type TrainingOptions,
} from '@deepbelief/rbm';
import { binary, nrelu, unitsFromConfig, unitTypes, usualConfig } from '@deepbelief/units';
import { ones, type Rank } from '@tensorflow/tfjs-core';
import { damageJson } from './damage-json.ts';
import { promise, type Target } from './target.ts';

/** A target for plain options as written in JavaScript, where types are not checked. */
export function optionsTarget(
  name: string,
  about: string,
  sound: readonly unknown[],
  use: (options: unknown) => void,
): Target {
  const names = [...new Set(sound.flatMap((options) => Object.keys(options as object)))];
  return {
    name,
    about,
    prepare: () => ({
      refusals: [RangeError, DivergenceError],
      input: (draws) => damageJson(draws, draws.pick(sound), { wild: true, names }),
      show: (options) => inspect(options, { depth: 5, breakLength: Infinity }),
      run(options) {
        if (!asksForMuch(options)) use(options);
      },
    }),
  };
}

const TRAINING: readonly TrainingOptions[] = [
  {},
  {
    name: 'layer 1',
    seed: 3,
    batchSize: 10,
    learningRate: { from: 0.1, to: 0.01, epochs: 3 },
    parameterRate: 0.1,
    momentum: [
      [0, 0.5],
      [5, 0.9],
    ],
    negativePhase: { type: 'pcd', steps: 2, chains: 5 },
    reconstruction: 'sample',
    statistics: 'mean',
    weightDecay: { l1: 0.001, l2: 0.001 },
    maxNorm: 2,
    keepZeros: true,
    sparsity: { target: 0.1, cost: 0.1, decay: 0.9 },
    centering: { rate: 0.01 },
    checkEvery: 10,
    explosionLimit: 100,
  },
  { negativePhase: { type: 'cd', steps: [[0, 1]] }, centering: true },
  {
    negativePhase: { type: 'fpcd', steps: 1, chains: 3, fastRate: 0.05, decay: 0.9 },
    optimizer: [
      { type: 'weight-decay', l1: 0.01, l2: 0.01 },
      { type: 'clip-norm', norm: 1 },
      { type: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
      { type: 'max-norm', norm: 2 },
      { type: 'keep-zeros' },
    ],
  },
  { optimizer: { type: 'sgd', momentum: [[0, 0.5]] } },
];

const training = optionsTarget(
  'training-options',
  "options of an RBM's training, and a step with them",
  TRAINING,
  (options) => {
    const rbm = createRbm({
      visible: { units: binary(), size: 3 },
      hidden: { units: nrelu(), size: 2 },
      seed: 1,
    });
    const inputs = ones<Rank.R2>([2, 3]);
    let trainer: RbmTrainer | undefined;
    try {
      trainer = new RbmTrainer(rbm, options as TrainingOptions);
      trainer.step(inputs);
    } finally {
      for (const owner of [trainer, rbm, inputs]) owner?.dispose();
    }
  },
);

const rbm = optionsTarget(
  'rbm-options',
  'options of a new RBM',
  [
    { visible: { units: 'binary', size: 3 }, hidden: { units: 'nrelu', size: 2 }, seed: 1 },
    {
      visible: { units: 'binary', size: 3 },
      hidden: { units: 'binary', size: 2 },
      zeroHiddenBias: true,
      weightScale: 0.1,
      visibleMean: [0.1, 0.5, 0.9],
    },
    {
      visible: { units: 'gaussian', size: 12 },
      hidden: { units: 'drelu', size: 8 },
      connection: {
        type: 'convolutional',
        shape: [3, 4, 1],
        filter: [2, 3],
        maps: 2,
        stride: 1,
        padding: 0,
        visibleBias: 'channel',
      },
    },
    {
      visible: { units: 'binary', size: 12 },
      hidden: { units: 'pooled-binary', size: 8 },
      connection: { type: 'masked', shape: [3, 4, 1], side: 2, seed: 1 },
    },
  ],
  (options) => {
    // Unit types are objects with functions, which nobody damages by mistake, so they are given by
    // name.
    const made = createRbm(withUnits(options) as RbmOptions);
    const { weights } = made.connection;
    promise([...weights.dataSync()].every(Number.isFinite), 'weights are not finite');
    made.dispose();
  },
);

/** Names of options that determine the amount of work. */
const WORK = ['size', 'chains', 'steps', 'shape', 'filter', 'maps', 'side', 'padding'];

/** Whether options ask for so much work that it takes seconds, which is not a fault. */
function asksForMuch(options: unknown, name = ''): boolean {
  if (typeof options === 'number') return WORK.includes(name) && options > 1000;
  if (typeof options !== 'object' || options === null) return false;
  // A schedule's numbers count under its name.
  return Object.entries(options).some(([key, value]) =>
    asksForMuch(value, WORK.includes(name) ? name : key),
  );
}

function withUnits(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options;
  const layerOf = (layer: unknown): unknown => {
    if (typeof layer !== 'object' || layer === null) return layer;
    const { units: type } = layer as { units?: unknown };
    return unitTypes.some((known) => known.type === type)
      ? { ...layer, units: unitsFromConfig(usualConfig(String(type))) }
      : layer;
  };
  const { visible, hidden } = options as { visible?: unknown; hidden?: unknown };
  return {
    ...options,
    ...('visible' in options && { visible: layerOf(visible) }),
    ...('hidden' in options && { hidden: layerOf(hidden) }),
  };
}

export const optionTargets: readonly Target[] = [rbm, training];
