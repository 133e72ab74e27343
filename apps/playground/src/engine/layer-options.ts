import type { NegativePhaseOptions, TrainingOptions } from '@deepbelief/rbm';
import { unitsFromConfig, usualConfig, type Units } from '@deepbelief/units';
import type { LayerSettings } from '../settings/settings.ts';
import { Refusal } from './problems.ts';

/** Returns units by their name in the settings, with their usual options. */
export function unitsOf(name: LayerSettings['visible']): Units {
  return unitsFromConfig(usualConfig(name));
}

/** Returns the seed of a layer's training, as in the command line's recipes. */
export function layerSeed(seed: number, depth: number): number {
  return seed + 1000 * depth;
}

/** Returns the seed of a layer's initial weights, as on the command line. */
export function weightSeed(seed: number, depth: number): number {
  return seed + depth;
}

/** Steps between checks for divergence. */
const CHECK_EVERY = 25;

/** Returns the options of a layer's trainer. Throws a Refusal for incompatible settings. */
export function trainingOptions(
  layer: LayerSettings,
  seed: number,
  depth: number,
): TrainingOptions {
  if (layer.centering && layer.zeroHiddenBias) {
    throw new Refusal(
      'Centering moves the hidden biases, but they are set to stay at zero. Choose one of the two.',
      {
        kind: 'change',
        label: 'Begin without centering',
        layer: { centering: false },
      },
    );
  }
  const {
    algorithm,
    chainSteps,
    batch,
    rate,
    momentum,
    decay,
    sparsityCost,
    sparsityTarget,
    centering,
  } = layer;
  return {
    name: `layer ${depth + 1}`,
    seed: layerSeed(seed, depth),
    batchSize: batch,
    learningRate: rate,
    momentum,
    negativePhase: { type: algorithm, steps: chainSteps } as NegativePhaseOptions,
    weightDecay: { l2: decay },
    checkEvery: CHECK_EVERY,
    ...(sparsityCost > 0 && { sparsity: { target: sparsityTarget, cost: sparsityCost } }),
    ...(centering && { centering: true }),
  };
}
