import type { StateShapes } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { parameterTensors } from './parameters.ts';
import type { Rbm } from './rbm.ts';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * What an RBM's trainer keeps beside the RBM, by name: `squaredError`, `velocity.…`, and from the
 * first step on `mean.…` and `chain.fantasy` where the options ask for them.
 *
 * @param step steps done
 */
export function trainerState(
  rbm: Rbm,
  options: ResolvedTrainingOptions,
  step: number,
): StateShapes {
  const [visible, hidden] = [{ shape: [rbm.visible.size] }, { shape: [rbm.hidden.size] }];
  const { type, chains } = options.negativePhase;
  const velocities = Object.entries(parameterTensors(rbm)).map(([name, { shape }]) => [
    name,
    { shape },
  ]);
  return {
    squaredError: { shape: [] },
    ...prefixed('velocity', Object.fromEntries(velocities) as StateShapes),
    // Means and chains begin with the first minibatch.
    ...(step > 0 &&
      options.centeringRate !== undefined && { 'mean.visible': visible, 'mean.hidden': hidden }),
    ...(step > 0 && options.sparsity !== undefined && { 'mean.activity': hidden }),
    ...(step > 0 && type === 'pcd' && { 'chain.fantasy': { shape: [chains, rbm.visible.size] } }),
  };
}

/** The same values under longer names. */
export function prefixed<T>(
  prefix: string,
  values: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}

/** The values of one prefix, under their own names. */
export function withPrefix(
  prefix: string,
  values: Readonly<Record<string, Tensor>>,
): [string, Tensor][] {
  return Object.entries(values)
    .filter(([name]) => name.startsWith(`${prefix}.`))
    .map(([name, value]) => [name.slice(prefix.length + 1), value]);
}
