/** How an RBM is trained. Plain data, so that a model's file can hold it. */
export interface TrainingOptions {
  /** The layer's name in errors. Default `the RBM`. */
  readonly name?: string;
  /** Seed of shuffling, sampling and chains. Default 0. */
  readonly seed?: number;
  /** Examples per minibatch. Default 100. */
  readonly batchSize?: number;
  /**
   * Step size of the weights and biases. Default 0.05; 10 to 100 times smaller for Gaussian and
   * rectified units.
   */
  readonly learningRate?: Schedule;
  /**
   * Step size of the unit types' own parameters (log precision), as a factor of the learning rate.
   * Default 0.1.
   */
  readonly parameterRate?: number;
  /**
   * Share of the last update to keep. Default 0.5, and 0.9 from the sixth epoch on (Hinton 2010,
   * 9).
   */
  readonly momentum?: Schedule;
  /**
   * What turns gradients into steps, as plain data: `{ type: 'adam' }`, or a chain of links such as
   * `[{ type: 'clip-norm', norm: 1 }, { type: 'adam' }]`; the links are in `@deepbelief/training`.
   * Default: SGD with `momentum`.
   */
  readonly optimizer?: OptimizerOptions;
  /** Default CD-1. */
  readonly negativePhase?: NegativePhaseOptions;
  /**
   * What drives the next half step of a CD chain: expected visible states or samples. Default: the
   * unit type's.
   */
  readonly reconstruction?: 'mean' | 'sample';
  /** Hidden states in the statistics: expected states (less noise) or samples. Default `mean`. */
  readonly statistics?: 'mean' | 'sample';
  /**
   * What training does about values that are missing, which a minibatch's `observed` marks:
   * `{ type: 'absent' }` or `{ type: 'filled', sweeps }`. Default: missing values are an error.
   */
  readonly missing?: MissingOptions;
  /** Weight penalties: λ₁ Σ|W| + λ₂/2 ΣW². Default none. */
  readonly weightDecay?: { readonly l1?: number; readonly l2?: number };
  /**
   * Largest Euclidean norm of a hidden unit's weights; longer ones are scaled down after each step.
   */
  readonly maxNorm?: number;
  /**
   * Keeps zero weights at zero, so that each unit keeps its part of the inputs (`localFields`).
   * Default false.
   */
  readonly keepZeros?: boolean;
  /**
   * Pulls each hidden unit's mean activity, averaged with `decay` (default 0.95), toward `target`
   * (Hinton 2010, 11).
   */
  readonly sparsity?: { readonly target: number; readonly cost: number; readonly decay?: number };
  /**
   * Follows the centered gradient, whose offsets are running means of the layers. It is invariant
   * to flipping bits and better conditioned. `rate` is the share of each minibatch in the means,
   * default 0.01. The parameters stay those of the plain model. Source: Montavon & Müller 2012;
   * Melchior, Fischer & Wiskott 2016, equations 20 to 22.
   */
  readonly centering?: boolean | { readonly rate?: number };
  /**
   * Steps between two checks that all parameters are finite and small; each good state is kept.
   * Default 100.
   */
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
  /** Undefined for SGD with `momentum`. */
  readonly optimizer: OptimizerOptions | undefined;
  readonly negativePhase: ResolvedNegativePhase;
  readonly reconstruction: 'mean' | 'sample';
  readonly statistics: 'mean' | 'sample';
  readonly missing: ResolvedMissing | undefined;
  readonly l1: number;
  readonly l2: number;
  readonly maxNorm: number | undefined;
  readonly keepZeros: true | undefined;
  readonly sparsity:
    | { readonly target: number; readonly cost: number; readonly decay: number }
    | undefined;
  readonly centeringRate: number | undefined;
  readonly checkEvery: number;
  readonly explosionLimit: number;
}
import type { OptimizerOptions, Schedule } from '@deepbelief/training';
import type { MissingOptions, ResolvedMissing } from './missing-values.ts';
import type { NegativePhaseOptions, ResolvedNegativePhase } from './negative-phase-kinds.ts';
