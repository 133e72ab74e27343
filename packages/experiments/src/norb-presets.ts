import type { FineTuningOptions } from '@deepbelief/dbn';
import type { TrainingOptions } from '@deepbelief/rbm';
import type { UnitsConfig } from '@deepbelief/units';
import type { ClassifierPlan, Job, LayerPlan, Pretrained } from './job.ts';
import type { NorbSource } from './norb-source.ts';

/** The size of the experiment. */
export interface NorbPreset {
  /** Hidden units of the first layer and, if there is one, of the second. */
  readonly layers: readonly number[];
  /** Epochs of pre-training for each layer. */
  readonly epochs: readonly number[];
  readonly fineTuneEpochs: number;
  readonly pairs: NorbSource['pairs'];
  readonly seeds: number;
}

/** Under an hour on two cores with a BLAS. */
export const NORB_NORMAL: NorbPreset = {
  layers: [1000, 500],
  epochs: [36, 24],
  fineTuneEpochs: 10,
  pairs: { train: 29_160, test: 9720 },
  seeds: 3,
};

/** A quick look that takes ten minutes. */
export const NORB_QUICK: NorbPreset = {
  layers: [400, 200],
  epochs: [36, 30],
  fineTuneEpochs: 8,
  pairs: { train: 9720, test: 4860 },
  seeds: 1,
};

/** The paper's sizes: days on two cores. */
export const NORB_FULL: NorbPreset = {
  layers: [4000, 2000],
  epochs: [60, 40],
  fineTuneEpochs: 20,
  pairs: { train: 291_600, test: 58_320 },
  seeds: 3,
};

/**
 * How layers of a unit type are trained: the first on normalized images, the second on the first's
 * features.
 */
interface Recipe {
  readonly hidden: UnitsConfig;
  /** Visible units of the second layer. */
  readonly visible: UnitsConfig;
  /** Pre-training of the first layer and of the second. */
  readonly pretraining: readonly [Pretraining, Pretraining];
  /** Step size of Adam in fine-tuning. */
  readonly fineTuning: number;
}

interface Pretraining {
  readonly rate: number;
  /**
   * Without it, filters are waves over the whole image; with it, they are edges, and their features
   * are useful.
   */
  readonly sparsity: { readonly target: number; readonly cost: number };
}

/** Fine-tuning rates were chosen on held-out toys, the others in a small trial: docs/results.md. */
const RECIPES: Readonly<Record<'nrelu' | 'binary', Recipe>> = {
  nrelu: {
    hidden: { type: 'nrelu', mean: 'relu' },
    visible: { type: 'nrelu', mean: 'relu' },
    pretraining: [
      { rate: 0.001, sparsity: { target: 0.05, cost: 0.3 } },
      { rate: 0.0002, sparsity: { target: 0.1, cost: 0.1 } },
    ],
    fineTuning: 0.001,
  },
  binary: {
    hidden: { type: 'binary' },
    visible: { type: 'binary' },
    pretraining: [
      { rate: 0.005, sparsity: { target: 0.05, cost: 0.3 } },
      { rate: 0.02, sparsity: { target: 0.1, cost: 0.1 } },
    ],
    fineTuning: 0.004,
  },
};

/** Units of the nets that are compared, in the order of the table. */
const NORB_UNITS = ['nrelu', 'binary'] as const;

/** The baseline's name in the column of units. */
export const BASELINE = 'softmax regression';

/**
 * Returns a preset's jobs: for each seed, a stack of each unit type with its classifiers, and
 * softmax regression on pixels.
 */
export function norbJobs(preset: NorbPreset, source: NorbSource, firstSeed: number): Job[] {
  const data = { dataset: 'norb', norb: source };
  const seeds = Array.from({ length: preset.seeds }, (_, i) => firstSeed + i);
  return [
    ...seeds.flatMap((seed) =>
      NORB_UNITS.map((units) => ({
        name: `${units}, seed ${seed}`,
        data,
        units,
        seed,
        validation: 0,
        layers: preset.layers.map((size, i) => layerPlan(preset, RECIPES[units], size, i, seed)),
        classifiers: cells(preset).map(([depth, pretrained]) =>
          classifierPlan(preset, RECIPES[units], depth, pretrained, seed),
        ),
      })),
    ),
    ...seeds.map((seed) => ({
      name: `${BASELINE}, seed ${seed}`,
      data,
      units: BASELINE,
      seed,
      validation: 0,
      layers: [],
      classifiers: [baselinePlan(preset, seed)],
    })),
  ];
}

/** Returns the depths and starts of the nets, which are the rows of the paper's tables. */
function cells({ layers }: NorbPreset): [depth: number, pretrained: Pretrained][] {
  const one: [number, Pretrained][] = [
    [1, 'none'],
    [1, 'all'],
  ];
  const two: [number, Pretrained][] = [
    [2, 'none'],
    [2, 'first'],
    [2, 'all'],
  ];
  return layers.length === 1 ? one : [...one, ...two];
}

function layerPlan(
  { epochs }: NorbPreset,
  recipe: Recipe,
  size: number,
  i: number,
  seed: number,
): LayerPlan {
  const { rate, sparsity } = recipe.pretraining[i === 0 ? 0 : 1];
  const training: TrainingOptions = {
    name: `layer ${i + 1}`,
    seed: seed + 1000 * i,
    // At the full rate, the images' few strong components would diverge before they are learned.
    learningRate: [
      [0, rate / 2],
      [1, rate],
    ],
    momentum: [
      [0, 0.5],
      [2, 0.9],
    ],
    weightDecay: { l2: 0.0002 },
    sparsity,
  };
  return {
    size,
    visible: i === 0 ? { type: 'gaussian' } : recipe.visible,
    hidden: recipe.hidden,
    zeroHiddenBias: false,
    ...(i === 0 ? { weightScale: 0.003 } : {}),
    epochs: epochs[Math.min(i, epochs.length - 1)]!,
    training,
  };
}

function classifierPlan(
  { fineTuneEpochs: epochs }: NorbPreset,
  { fineTuning }: Recipe,
  depth: number,
  pretrained: Pretrained,
  seed: number,
): ClassifierPlan {
  return { pretrained, depth, epochs, fineTuning: fallingRate(fineTuning, epochs, seed) };
}

function baselinePlan({ fineTuneEpochs: epochs }: NorbPreset, seed: number): ClassifierPlan {
  return {
    pretrained: 'none',
    depth: 0,
    epochs,
    fineTuning: { ...fallingRate(0.001, epochs, seed), weightDecay: 0.001 },
  };
}

/** Returns Adam with a rate that falls linearly to zero, as in the other experiments. */
function fallingRate(from: number, epochs: number, seed: number): FineTuningOptions {
  return { seed, optimizer: { type: 'adam' }, learningRate: { from, to: 0, epochs } };
}
