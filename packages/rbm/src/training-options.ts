import { checkNumber } from '@deepbelief/checks';
import { checkSchedule } from './check-schedule.ts';
import type { Rbm } from './rbm.ts';
import type { Schedule } from './schedule.ts';

/** Where the negative phase's states come from. */
export type NegativePhaseOptions =
  /** Contrastive divergence: k Gibbs steps from the data (Hinton 2002). */
  | { readonly type: 'cd'; readonly steps?: Schedule }
  /** Persistent chains that go on from minibatch to minibatch (Tieleman 2008). */
  | { readonly type: 'pcd'; readonly steps?: Schedule; readonly chains?: number };

/** How an RBM is trained. Plain data, so that a model's file can hold it. */
export interface TrainingOptions {
  /** What the layer is called in errors. Default `the RBM`. */
  readonly name?: string;
  /** Seed of shuffling, sampling and chains. Default 0. */
  readonly seed?: number;
  /** Examples a minibatch. Default 100. */
  readonly batchSize?: number;
  /** Step size of the weights and biases. Default 0.05; 10 to 100 times smaller for Gaussian and rectified units. */
  readonly learningRate?: Schedule;
  /** Step size of the unit types' own parameters (log precision), as a factor of the learning rate. Default 0.1. */
  readonly parameterRate?: number;
  /** Share of the last update that is kept. Default 0.5, from the sixth epoch on 0.9 (Hinton 2010, 9). */
  readonly momentum?: Schedule;
  /** Default CD-1. */
  readonly negativePhase?: NegativePhaseOptions;
  /** What drives the next half step of a CD chain: expected visible states or samples. Default: the unit type's. */
  readonly reconstruction?: 'mean' | 'sample';
  /** Hidden states in the statistics: expected ones (less noise) or samples. Default `mean`. */
  readonly statistics?: 'mean' | 'sample';
  /** Weight penalties: λ₁ Σ|W| + λ₂/2 ΣW². Default none. */
  readonly weightDecay?: { readonly l1?: number; readonly l2?: number };
  /** Largest Euclidean norm of a hidden unit's weights; longer ones are scaled back after each step. */
  readonly maxNorm?: number;
  /** Weights that are zero stay zero, which keeps each unit to its part of the inputs (`localFields`). Default false. */
  readonly keepZeros?: boolean;
  /** Pulls each hidden unit's mean activity, averaged with `decay` (default 0.95), to `target` (Hinton 2010, 11). */
  readonly sparsity?: { readonly target: number; readonly cost: number; readonly decay?: number };
  /**
   * Follows the centred gradient, whose offsets are running means of the layers: invariant to flipping bits, better
   * conditioned. `rate` is the share of each minibatch in the means, default 0.01. The parameters stay those of the
   * plain model. Source: Montavon & Müller 2012; Melchior, Fischer & Wiskott 2016, equations 20 to 22.
   */
  readonly centering?: boolean | { readonly rate?: number };
  /** Steps between two checks that all parameters are finite and small; each good state is kept. Default 100. */
  readonly checkEvery?: number;
  /** Absolute value of a parameter above which a run counts as diverged. Default 1000. */
  readonly explosionLimit?: number;
}

/** Training options with the defaults filled in. */
export interface ResolvedTrainingOptions {
  readonly name: string;
  readonly seed: number;
  readonly batchSize: number;
  readonly learningRate: Schedule;
  readonly parameterRate: number;
  readonly momentum: Schedule;
  readonly negativePhase: { readonly type: 'cd' | 'pcd'; readonly steps: Schedule; readonly chains: number };
  readonly reconstruction: 'mean' | 'sample';
  readonly statistics: 'mean' | 'sample';
  readonly l1: number;
  readonly l2: number;
  readonly maxNorm: number | undefined;
  readonly keepZeros: true | undefined;
  readonly sparsity: { readonly target: number; readonly cost: number; readonly decay: number } | undefined;
  readonly centeringRate: number | undefined;
  readonly checkEvery: number;
  readonly explosionLimit: number;
}

/**
 * Fills in the defaults and checks every option against the RBM it is for.
 *
 * @throws RangeError that names the option, its value and what was expected
 */
export function resolveTrainingOptions(rbm: Rbm, options: TrainingOptions): ResolvedTrainingOptions {
  const negative = options.negativePhase ?? { type: 'cd' };
  const centering = options.centering === true ? {} : options.centering === false ? undefined : options.centering;
  const batchSize = options.batchSize ?? 100;
  const learnsParameters = Object.keys(rbm.visible.parameters).length > 0;
  const resolved: ResolvedTrainingOptions = {
    name: options.name ?? 'the RBM',
    seed: options.seed ?? 0,
    batchSize,
    learningRate: options.learningRate ?? 0.05,
    parameterRate: options.parameterRate ?? 0.1,
    momentum: options.momentum ?? [
      [0, 0.5],
      [5, 0.9],
    ],
    negativePhase: {
      type: negative.type,
      steps: negative.steps ?? 1,
      chains: (negative.type === 'pcd' ? negative.chains : undefined) ?? batchSize,
    },
    reconstruction: options.reconstruction ?? (learnsParameters ? 'sample' : rbm.visible.units.reconstruction),
    statistics: options.statistics ?? 'mean',
    l1: options.weightDecay?.l1 ?? 0,
    l2: options.weightDecay?.l2 ?? 0,
    maxNorm: options.maxNorm,
    keepZeros: options.keepZeros === true ? true : undefined,
    sparsity: options.sparsity && { decay: 0.95, ...options.sparsity },
    centeringRate: centering && (centering.rate ?? 0.01),
    checkEvery: options.checkEvery ?? 100,
    explosionLimit: options.explosionLimit ?? 1000,
  };
  checkRanges(resolved);
  if (resolved.centeringRate !== undefined && rbm.zeroHiddenBias) {
    throw new RangeError(
      'training options: centering is on but the hidden biases are fixed at zero; the way back from a centred model ' +
        'moves them: leave out one of the two',
    );
  }
  if (learnsParameters && resolved.reconstruction === 'mean') {
    throw new RangeError(
      'training options: reconstruction is mean but the visible units learn their σ; the spread of noise-free ' +
        'reconstructions says nothing about σ, which would run away: use sample',
    );
  }
  return resolved;
}

function checkRanges(options: ResolvedTrainingOptions): void {
  const where = 'training options';
  checkNumber(where, 'seed', options.seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkNumber(where, 'batchSize', options.batchSize, { low: 1, whole: true });
  checkSchedule(where, 'learningRate', options.learningRate, { low: 0 });
  checkNumber(where, 'parameterRate', options.parameterRate, { low: 0 });
  checkSchedule(where, 'momentum', options.momentum, { low: 0, high: 1 });
  checkSchedule(where, 'negativePhase.steps', options.negativePhase.steps, { low: 1, high: 30000 });
  checkNumber(where, 'negativePhase.chains', options.negativePhase.chains, { low: 1, whole: true });
  checkNumber(where, 'weightDecay.l1', options.l1, { low: 0 });
  checkNumber(where, 'weightDecay.l2', options.l2, { low: 0 });
  if (options.maxNorm !== undefined) checkNumber(where, 'maxNorm', options.maxNorm, { low: Number.MIN_VALUE });
  if (options.sparsity !== undefined) {
    checkNumber(where, 'sparsity.target', options.sparsity.target, {});
    checkNumber(where, 'sparsity.cost', options.sparsity.cost, { low: 0 });
    checkNumber(where, 'sparsity.decay', options.sparsity.decay, { low: 0, high: 1 });
  }
  if (options.centeringRate !== undefined) {
    checkNumber(where, 'centering.rate', options.centeringRate, { low: 0, high: 1 });
  }
  checkNumber(where, 'checkEvery', options.checkEvery, { low: 1, whole: true });
  checkNumber(where, 'explosionLimit', options.explosionLimit, { low: Number.MIN_VALUE });
}
