import type { StateShapes } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { negativePhaseKind } from './negative-phase-kinds.ts';
import type { Rbm } from './rbm.ts';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * Returns the shapes of what an RBM's trainer keeps from its first minibatch on, by name: `mean.…`
 * and `chain.…` if the options ask for them.
 *
 * @param step steps done
 */
export function laterShapes(
  rbm: Rbm,
  { negativePhase, centeringRate, sparsity }: ResolvedTrainingOptions,
  step: number,
): StateShapes {
  if (step === 0) return {};
  const [visible, hidden] = [{ shape: [rbm.visible.size] }, { shape: [rbm.hidden.size] }];
  const kind = negativePhaseKind('training options', negativePhase);
  return {
    ...(centeringRate !== undefined && { 'mean.visible': visible, 'mean.hidden': hidden }),
    ...(sparsity !== undefined && { 'mean.activity': hidden }),
    ...prefixed('chain', kind.shapes(negativePhase, rbm)),
  };
}

/** Returns the same values with a prefix before their names. */
export function prefixed<T>(
  prefix: string,
  values: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}

/** Returns the values with one prefix, under their own names. */
export function withPrefix(
  prefix: string,
  values: Readonly<Record<string, Tensor>>,
): [string, Tensor][] {
  return Object.entries(values)
    .filter(([name]) => name.startsWith(`${prefix}.`))
    .map(([name, value]) => [name.slice(prefix.length + 1), value]);
}
