import {
  scheduled,
  type Rbm,
  type ResolvedTrainingOptions,
  type TrainingOptions,
} from '@deepbelief/rbm';
import { UNITS, type LayerSettings } from '../settings/settings.ts';
import { ELSEWHERE } from './check-settings.ts';
import { Refusal } from './problems.ts';

/**
 * Returns the settings that an RBM itself determines. Throws a Refusal for units that the page does
 * not know.
 */
export function settingsOfRbm(
  { visible, hidden, zeroHiddenBias }: Rbm,
  file: string,
): Partial<LayerSettings> {
  return {
    visible: known(visible.units.type, file),
    hidden: known(hidden.units.type, file),
    size: hidden.size,
    zeroHiddenBias,
  };
}

/**
 * Returns the settings that match a trainer's options; for a schedule, its value at the start of an
 * epoch.
 */
export function settingsOfTraining(
  options: ResolvedTrainingOptions,
  epoch: number,
): Partial<LayerSettings> {
  const { negativePhase, sparsity } = options;
  return {
    algorithm: negativePhase.type,
    chainSteps: Math.round(scheduled(negativePhase.steps, epoch)),
    batch: options.batchSize,
    rate: scheduled(options.learningRate, epoch),
    momentum: scheduled(options.momentum, epoch),
    decay: options.l2,
    centering: options.centeringRate !== undefined,
    ...(sparsity
      ? { sparsityTarget: sparsity.target, sparsityCost: sparsity.cost }
      : { sparsityCost: 0 }),
  };
}

/** Returns the options that resolve to these, to continue a checkpoint's run. */
export function optionsOf(resolved: Partial<ResolvedTrainingOptions>): TrainingOptions {
  const { l1, l2, maxNorm, keepZeros, sparsity, centeringRate, negativePhase, ...rest } = resolved;
  const { optimizer, momentum, missing, ...others } = rest;
  return {
    ...others,
    // Momentum is an option of the default optimizer only.
    ...(optimizer === undefined ? momentum !== undefined && { momentum } : { optimizer }),
    ...(negativePhase && { negativePhase }),
    weightDecay: { ...(l1 !== undefined && { l1 }), ...(l2 !== undefined && { l2 }) },
    ...(missing !== undefined && { missing }),
    ...(maxNorm !== undefined && { maxNorm }),
    ...(keepZeros !== undefined && { keepZeros }),
    ...(sparsity !== undefined && { sparsity }),
    ...(centeringRate !== undefined && { centering: { rate: centeringRate } }),
  };
}

function known(type: string, file: string): string {
  if (!UNITS.includes(type)) {
    throw new Refusal(
      `${file} has ${type} units, which the playground does not know; it knows ` +
        `${UNITS.join(', ')}. ${ELSEWHERE}`,
    );
  }
  return type;
}
