import type { FineTuningOptions } from '@deepbelief/dbn';
import type { NegativePhaseOptions, TrainingOptions } from '@deepbelief/rbm';
import { unitsFromConfig, usualConfig, type UnitsConfig } from '@deepbelief/units';
import type { LayerPlan } from './job.ts';
import { STACK_UNITS } from './stack-choices.ts';
import { UserError } from './user-error.ts';

/** Visible units of the first layer, for images with values from 0 to 1. */
const OF_IMAGES: UnitsConfig = { type: 'binary' };

/**
 * Learning rates of the first layer and of the layers above. Units with large states diverge at the
 * rates of binary units. Chosen on validation data: docs/results.md.
 */
function usualRates(hidden: UnitsConfig): readonly [number, number] {
  const { low, high } = unitsFromConfig(hidden).range;
  return low >= -1 && high <= 1 ? [0.1, 0.1] : [0.02, 0.002];
}

/** Choices that override a recipe. */
export interface StackOptions {
  /** A name of `STACK_UNITS`. */
  readonly units: string;
  readonly sizes: readonly number[];
  /** Epochs of each layer; the last number applies to all further layers. */
  readonly epochs: readonly number[];
  readonly seed: number;
  /** Learning rate of each layer; the last one applies to all further layers. */
  readonly rates?: readonly number[];
  readonly zeroHiddenBias?: boolean;
  /** Default CD-1. */
  readonly negativePhase?: NegativePhaseOptions;
}

/**
 * Returns the layers of a stack of one unit type for images with values from 0 to 1. Above the
 * first layer, visible units have the same type as the hidden ones, because their data are the
 * features below. Throws a UserError for a unit type that is not one of `STACK_UNITS`.
 */
export function stackPlan({
  units,
  sizes,
  epochs,
  seed,
  rates,
  zeroHiddenBias = false,
  negativePhase,
}: StackOptions): LayerPlan[] {
  const names = STACK_UNITS.map(({ name }) => name);
  if (!names.includes(units))
    throw new UserError(`--units is ${units}, expected one of ${names.join(', ')}`);
  const hidden = usualConfig(units);
  const usual = usualRates(hidden);
  return sizes.map((size, i) => {
    const training: TrainingOptions = {
      name: `layer ${i + 1}`,
      seed: seed + 1000 * i,
      learningRate: rates?.[Math.min(i, rates.length - 1)] ?? usual[Math.min(i, 1)]!,
      momentum: [
        [0, 0.5],
        [2, 0.9],
      ],
      weightDecay: { l2: 0.0002 },
      ...(negativePhase === undefined ? {} : { negativePhase }),
    };
    return {
      size,
      visible: i === 0 ? OF_IMAGES : hidden,
      hidden,
      zeroHiddenBias,
      epochs: epochs[Math.min(i, epochs.length - 1)]!,
      training,
    };
  });
}

/**
 * Returns fine-tuning with Adam and a rate that falls linearly to zero; with dropout if runs are
 * long enough to need it.
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
