import type { FineTuningOptions } from '@deepbelief/dbn';
import type { TrainingOptions } from '@deepbelief/rbm';
import { unitsFromConfig, usualConfig, type Units, type UnitsConfig } from '@deepbelief/units';

/** What a layer's hidden units are and how it is trained: plain data. */
export interface Recipe {
  readonly units: string;
  readonly size: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Standard deviation of the starting weights. */
  readonly weightScale: number;
  readonly batchSize: number;
  /** Updates, if epochs are not given. */
  readonly steps: number;
}

const ofTables = (
  units: string,
  size: number,
  learningRate: number,
  weightDecay = 1e-3,
): Recipe => ({
  units,
  size,
  learningRate,
  weightDecay,
  weightScale: 0.1,
  batchSize: 50,
  steps: 2500,
});

const OF_BINARY = ofTables('binary', 40, 0.02);

/**
 * The recipes that `fit` chooses from for tables: the one that fills a tenth of the known cells
 * best. Measured by `bench/src/gaps.ts` on six tables.
 */
export const TABLE_RECIPES: readonly Recipe[] = [
  ofTables('gaussian', 3, 0.02),
  ofTables('gaussian', 10, 0.02),
  OF_BINARY,
  ofTables('binary', 40, 0.02, 0.03),
  ofTables('binary', 200, 0.01),
  ofTables('relu', 20, 0.01),
];

/** For intensities, such as pixels: as the stacks of `deepbelief train` have it for MNIST. */
const OF_INTENSITIES: Recipe = {
  units: 'binary',
  size: 256,
  learningRate: 0.1,
  weightDecay: 2e-4,
  weightScale: 0.01,
  batchSize: 100,
  steps: 3000,
};

/** The recipe for hidden units that the caller names. */
export function recipeFor(
  units: string | undefined,
  size: number | undefined,
  intensities: boolean,
): Recipe {
  const named = TABLE_RECIPES.findLast(
    (recipe) => recipe.units === units && recipe.size < 200 && recipe.size > 3,
  );
  const base = intensities ? OF_INTENSITIES : (named ?? OF_BINARY);
  const type = units ?? base.units;
  // Units whose states are not small diverge at the rates of binary ones.
  const { low, high } = unitsFromConfig(usualConfig(type)).range;
  const factor = intensities && (low < -1 || high > 1) ? 0.05 : 1;
  return {
    ...base,
    units: type,
    size: size ?? base.size,
    learningRate: base.learningRate * factor,
  };
}

/** Updates of each trial: enough to tell the recipes apart. */
export const TRIAL_STEPS = 600;

/** Whether units respond in a straight line, as Gaussian ones: features are then a projection. */
export function isLinear(units: string): boolean {
  const { low, high } = unitsFromConfig(usualConfig(units)).range;
  return low === -Infinity && high === Infinity;
}

/** The number of epochs that make a recipe's updates. */
export function epochsOf(
  { steps, batchSize }: Pick<Recipe, 'steps' | 'batchSize'>,
  rows: number,
): number {
  return Math.ceil(steps / Math.ceil(rows / batchSize));
}

/** How a layer of these visible units is trained. */
export function trainingOptions(
  recipe: Recipe,
  visible: Units,
  { epochs, seed, name }: { readonly epochs: number; readonly seed: number; readonly name: string },
): TrainingOptions {
  const { learningRate, batchSize, weightDecay } = recipe;
  const common = { name, seed, batchSize, weightDecay: { l2: weightDecay } };
  const missing = { type: 'filled', sweeps: 3 } as const;
  const learnsSigma = 'logPrecision' in visible.parameterBounds;
  if (!learnsSigma && recipe.learningRate >= 0.05) {
    return {
      ...common,
      missing,
      learningRate: { from: learningRate, to: learningRate / 10, epochs },
      momentum: [
        [0, 0.5],
        [2, 0.9],
      ],
    };
  }
  return {
    ...common,
    missing,
    learningRate: { from: learningRate, to: learningRate / 20, epochs },
    parameterRate: 1,
    optimizer: { type: 'adam' },
    negativePhase: { type: 'cd', steps: 3 },
  };
}

/** Visible units for the features of a layer's units. */
export function unitsAbove(units: string): UnitsConfig {
  const config = usualConfig(units);
  const { low, high } = unitsFromConfig(config).range;
  return low >= 0 && high <= 1 ? config : { type: 'gaussian', sigma: 1, learnSigma: true };
}

/** Fine-tuning, if epochs are not given. */
export const FINE_TUNING = { steps: 1500, batchSize: 50 } as const;

/** How a classifier is fine-tuned. */
export function fineTuningOptions(epochs: number, seed: number): FineTuningOptions {
  return {
    seed,
    batchSize: FINE_TUNING.batchSize,
    optimizer: { type: 'adam' },
    learningRate: { from: 0.003, to: 0, epochs },
    weightDecay: 1e-3,
  };
}
