import type { FineTuningOptions } from '@deepbelief/dbn';
import type { TrainingOptions } from '@deepbelief/rbm';
import type { UnitsConfig } from '@deepbelief/units';
import type { LayerPlan } from './job.ts';
import { UserError } from './user-error.ts';

/** How a stack of one unit type is trained on images with values from 0 to 1. */
interface Recipe {
  readonly hidden: UnitsConfig;
  /** Visible units of the layers above the first, whose data are the features below. */
  readonly visible: UnitsConfig;
  /** Learning rate of the first layer and of those above. */
  readonly rates: readonly [number, number];
}

const NRELU: UnitsConfig = { type: 'nrelu', mean: 'relu' };
const BINARY: UnitsConfig = { type: 'binary' };

/** By the name that `--units` takes. Rates were chosen on validation data: docs/results.md. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  nrelu: { hidden: NRELU, visible: NRELU, rates: [0.02, 0.002] },
  binary: { hidden: BINARY, visible: BINARY, rates: [0.1, 0.1] },
  'stepped-sigmoid': {
    hidden: { type: 'stepped-sigmoid' },
    visible: { type: 'stepped-sigmoid' },
    rates: [0.02, 0.002],
  },
  relu: { hidden: { type: 'relu' }, visible: { type: 'relu' }, rates: [0.02, 0.002] },
};

/** The names that `--units` takes. */
export const UNIT_NAMES: readonly string[] = Object.keys(RECIPES);

/** Choices that override a recipe. */
export interface StackOptions {
  readonly units: string;
  readonly sizes: readonly number[];
  /** Epochs of each layer; the last one counts for all that follow. */
  readonly epochs: readonly number[];
  readonly seed: number;
  /** Learning rate of each layer; the last one counts for all that follow. */
  readonly rates?: readonly number[];
  readonly zeroHiddenBias?: boolean;
}

/**
 * The layers of a stack on images with values from 0 to 1. Throws a UserError for a unit type that
 * has no recipe.
 */
export function stackPlan({
  units,
  sizes,
  epochs,
  seed,
  rates,
  zeroHiddenBias = false,
}: StackOptions): LayerPlan[] {
  const recipe = Object.hasOwn(RECIPES, units) ? RECIPES[units] : undefined;
  if (recipe === undefined)
    throw new UserError(`--units is ${units}, expected one of ${UNIT_NAMES.join(', ')}`);
  return sizes.map((size, i) => {
    const training: TrainingOptions = {
      name: `layer ${i + 1}`,
      seed: seed + 1000 * i,
      learningRate: rates?.[Math.min(i, rates.length - 1)] ?? recipe.rates[Math.min(i, 1)]!,
      momentum: [
        [0, 0.5],
        [2, 0.9],
      ],
      weightDecay: { l2: 0.0002 },
    };
    return {
      size,
      visible: i === 0 ? BINARY : recipe.visible,
      hidden: recipe.hidden,
      zeroHiddenBias,
      epochs: epochs[Math.min(i, epochs.length - 1)]!,
      training,
    };
  });
}

/**
 * Fine-tuning with Adam, the rate falling in a line to zero; dropout where runs are long enough to
 * need it.
 */
export function fineTuningPlan(
  epochs: number,
  seed: number,
  withDropout: boolean,
): FineTuningOptions {
  return {
    seed,
    optimizer: { type: 'adam' },
    learningRate: { from: 0.001, to: 0, epochs },
    ...(withDropout ? { dropout: { inputs: 0.2, hidden: 0.5 } } : {}),
  };
}
