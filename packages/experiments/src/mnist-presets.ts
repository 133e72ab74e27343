import type { ClassifierPlan, Job, Pretrained } from './job.ts';
import { fineTuningPlan, stackPlan } from './recipes.ts';

/** The size of an experiment on MNIST. */
export interface MnistPreset {
  readonly layers: readonly number[];
  /** Epochs of pre-training for each layer, by unit type. */
  readonly epochs: Readonly<Record<string, readonly number[]>>;
  readonly fineTuneEpochs: number;
  readonly dropout: boolean;
  readonly starts: readonly Pretrained[];
  /** Numbers of labels for further classifiers, besides those trained on all labels. */
  readonly labels: readonly number[];
  readonly validation: number;
  readonly seeds: number;
  /** Keeps only this many examples, from the start. */
  readonly limits?: { readonly train: number; readonly test: number };
}

/** A quick look that takes a few minutes. */
export const MNIST_DEMO: MnistPreset = {
  layers: [500, 500],
  epochs: { nrelu: [4, 3], binary: [4, 3] },
  fineTuneEpochs: 5,
  dropout: false,
  starts: ['none', 'all'],
  labels: [],
  validation: 5000,
  seeds: 1,
};

/** Checks in seconds that everything works. */
export const MNIST_SMALL: MnistPreset = {
  ...MNIST_DEMO,
  layers: [20, 15],
  epochs: { nrelu: [1, 1], binary: [1, 1] },
  fineTuneEpochs: 1,
  validation: 100,
  limits: { train: 600, test: 100 },
};

/** `reproduce mnist`: three seeds of the demo's nets, trained longer. */
export const MNIST_QUICK: MnistPreset = {
  ...MNIST_DEMO,
  epochs: { nrelu: [10, 10], binary: [10, 10] },
  fineTuneEpochs: 15,
  starts: ['none', 'first', 'all'],
  seeds: 3,
};

/**
 * `reproduce mnist --full`: settings chosen on validation data, then trained on all 60,000
 * examples.
 */
export const MNIST_FULL: MnistPreset = {
  layers: [1000, 1000],
  epochs: { nrelu: [10, 10], binary: [20, 10] },
  fineTuneEpochs: 40,
  dropout: true,
  starts: ['none', 'all'],
  labels: [100, 1000, 10000],
  validation: 0,
  seeds: 1,
};

const UNITS = ['nrelu', 'binary'] as const;
const FEW_LABEL_EPOCHS = 50;

/** Returns a preset's jobs, one for each unit type and seed. */
export function mnistJobs(preset: MnistPreset, firstSeed: number): Job[] {
  return Array.from({ length: preset.seeds }, (_, i) => firstSeed + i).flatMap((seed) =>
    UNITS.map((units) => ({
      name: `${units}, seed ${seed}`,
      data: { dataset: 'mnist', ...(preset.limits && { limits: preset.limits }) },
      units,
      seed,
      validation: preset.validation,
      layers: stackPlan({ units, sizes: preset.layers, epochs: preset.epochs[units]!, seed }),
      classifiers: [
        ...preset.starts.map((pretrained) => onAllLabels(preset, pretrained, seed)),
        ...withFewLabels(preset, seed),
      ],
    })),
  );
}

function onAllLabels(preset: MnistPreset, pretrained: Pretrained, seed: number): ClassifierPlan {
  const epochs = preset.fineTuneEpochs;
  return { pretrained, epochs, fineTuning: fineTuningPlan(epochs, seed, preset.dropout) };
}

/** Minibatches are small, so that even a few labels give many steps. */
function withFewLabels(preset: MnistPreset, seed: number): ClassifierPlan[] {
  return preset.labels.flatMap((labels) =>
    (['none', 'all'] as const).map((pretrained) => {
      const batchSize = Math.min(100, Math.max(10, Math.round(labels / 20)));
      const epochs = FEW_LABEL_EPOCHS;
      return {
        pretrained,
        labels,
        epochs,
        fineTuning: { ...fineTuningPlan(epochs, seed, preset.dropout), batchSize },
      };
    }),
  );
}
