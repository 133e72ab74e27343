import type { SiameseOptions } from '@deepbelief/dbn';
import type { FaceMean } from '@deepbelief/lfw';
import type { UnitsConfig } from '@deepbelief/units';
import type { LayerPlan } from './job.ts';
import type { LfwJob, LfwSource, PairProtocol, PretrainingImages, SiamesePlan } from './lfw-job.ts';

/** The size of the experiment. */
export interface LfwPreset {
  readonly layers: readonly number[];
  /** Epochs of pre-training for each layer; the last number applies to all further layers. */
  readonly epochs: readonly number[];
  readonly fineTuneEpochs: number;
}

/** A quick look that takes ten minutes. */
export const LFW_QUICK: LfwPreset = { layers: [500], epochs: [5], fineTuneEpochs: 10 };

/** The paper's table. */
export const LFW_TABLE: LfwPreset = { layers: [4000], epochs: [25], fineTuneEpochs: 20 };

/**
 * Default side of the window, in pixels of a picture of 250 × 250: that of Nair and Hinton (2010),
 * section 5.2.
 */
export const FACE_WINDOW = 144;

/** The command's other options. */
export interface LfwChoices extends LfwPreset {
  readonly data: LfwSource;
  readonly units: readonly string[];
  readonly starts: readonly boolean[];
  readonly seed: number;
  readonly view: 1 | 2;
  readonly folds: number;
  readonly images: PretrainingImages;
  readonly pairs: PairProtocol;
  readonly size: number;
  readonly window: number;
  readonly fields: number | null;
  readonly mean: FaceMean;
  readonly reflections: boolean;
  readonly shift: number;
}

/** Rates for a kind of fields. */
interface FaceRates {
  /** Pre-training of the first layer. */
  readonly pretraining: number;
  /** Adam's step size for the weights, starting from random and from pre-trained ones. */
  readonly fineTuning: readonly [random: number, pretrained: number];
}

/** How a unit type is trained on normalized faces. Chosen on View 1: docs/results.md, Faces. */
interface FaceRecipe {
  readonly hidden: UnitsConfig;
  readonly visible: UnitsConfig;
  /**
   * For units of the first layer that see the whole face, and for units that see a part of it and
   * have fewer, larger weights.
   */
  readonly whole: FaceRates;
  readonly local: FaceRates;
  /** Pre-training rate of the layers above. */
  readonly rateAbove: number;
}

const GAUSSIAN: UnitsConfig = { type: 'gaussian', sigma: 1 };

/** By the names that `--units` accepts. */
const FACE_RECIPES: Readonly<Record<string, FaceRecipe>> = {
  nrelu: {
    hidden: { type: 'nrelu', mean: 'relu' },
    visible: GAUSSIAN,
    whole: { pretraining: 0.0005, fineTuning: [0.0008, 0.0008] },
    local: { pretraining: 0.0005, fineTuning: [0.005, 0.003] },
    rateAbove: 0.0003,
  },
  binary: {
    hidden: { type: 'binary' },
    visible: { type: 'binary' },
    whole: { pretraining: 0.001, fineTuning: [0.0008, 0.0024] },
    local: { pretraining: 0.002, fineTuning: [0.003, 0.003] },
    rateAbove: 0.01,
  },
};

/** The names that `--units` accepts. */
export const FACE_UNITS: readonly string[] = Object.keys(FACE_RECIPES);

/**
 * Returns the jobs of a table: one for each unit type and fold, which makes the nets from both
 * starts.
 */
export function lfwJobs(choices: LfwChoices): LfwJob[] {
  const { units, folds, view, seed, layers, starts, epochs, fineTuneEpochs, ...rest } = choices;
  const fields = choices.fields === null ? 'whole' : 'local';
  return units.flatMap((type) =>
    Array.from({ length: view === 1 ? 1 : folds }, (_, fold) => ({
      ...rest,
      name: view === 1 ? type : `${type}, fold ${fold + 1}`,
      units: type,
      seed,
      view,
      folds: view === 1 ? 1 : folds,
      fold,
      layers: layerPlans(FACE_RECIPES[type]!, fields, layers, epochs, seed),
      nets: starts.map((pretrained): SiamesePlan => {
        const rate = FACE_RECIPES[type]![fields].fineTuning[pretrained ? 1 : 0];
        const fineTuning = fineTuningOf(rate, layers.length, fineTuneEpochs, seed, fields);
        return { pretrained, epochs: fineTuneEpochs, fineTuning };
      }),
    })),
  );
}

function layerPlans(
  recipe: FaceRecipe,
  fields: 'whole' | 'local',
  sizes: readonly number[],
  epochs: readonly number[],
  seed: number,
): LayerPlan[] {
  return sizes.map((size, i) => {
    const own = epochs[Math.min(i, epochs.length - 1)]!;
    const rate = i === 0 ? recipe[fields].pretraining : recipe.rateAbove;
    return {
      size,
      visible: i === 0 ? GAUSSIAN : recipe.visible,
      hidden: recipe.hidden,
      zeroHiddenBias: true,
      weightScale: 0.001,
      epochs: own,
      training: {
        name: `layer ${i + 1}`,
        seed: seed + 1000 * i,
        learningRate: { from: rate, to: 0, epochs: own },
        momentum: [
          [0, 0.5],
          [2, 0.9],
        ],
        ...(fields === 'local' && i === 0 && { keepZeros: true }),
      },
    };
  });
}

function fineTuningOf(
  rate: number,
  layers: number,
  epochs: number,
  seed: number,
  fields: 'whole' | 'local',
): SiameseOptions {
  return {
    seed,
    optimizer: { type: 'adam' },
    learningRate: { from: rate, to: 0, epochs },
    ...(fields === 'local' && { keepZeros: true }),
    // Steps of the output's two numbers are ten times as large as those of the weights.
    layerRates: [...Array.from({ length: layers }, () => 1), 10],
  };
}
