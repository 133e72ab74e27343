import type { Factors } from '@deepbelief/kernels';
import type { RandomKey } from '@deepbelief/random';
import type { StateShapes } from '@deepbelief/training';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Rbm } from './rbm.ts';

/** What a negative phase contributes to the statistics; the trainer disposes of it. */
export interface NegativeStatistics {
  /** States of the visible units under the model, shape [particles, visible]. */
  readonly visible: Tensor2D;
  /** Expected or sampled hidden states given them, shape [particles, hidden]. */
  readonly hidden: Tensor2D;
}

/** What the positive phase of a step passes on. */
export interface PositivePhase {
  /** The minibatch, shape [batch, visible]. */
  readonly visible: Tensor2D;
  /** Hidden states sampled given it, shape [batch, hidden]. */
  readonly hiddenSample: Tensor2D;
  /**
   * Which units each example has, 1 or 0, shape [batch, visible], if some are absent. The model's
   * states for an example are those of an RBM without its absent units: these are 0 in the
   * statistics and wherever hidden states are drawn.
   */
  readonly observed?: Tensor2D;
}

/** The moment of a negative phase. */
export interface PhaseMoment {
  /** The step's random numbers: draw with the keys of `draw-sites.ts`. */
  readonly key: RandomKey;
  /** Epochs done, including fractions, for schedules. */
  readonly epoch: number;
}

/** The gradient that a step follows, in the connection's form. */
export interface FollowedGradient {
  readonly weights: Tensor | Factors;
  readonly visibleBias: Tensor1D;
  readonly hiddenBias: Tensor1D;
}

/**
 * The source of the model's states in the gradient. It owns whatever must persist between steps,
 * such as chains.
 */
export interface NegativePhase {
  /** Makes the statistics of one step. */
  advance(rbm: Rbm, positive: PositivePhase, at: PhaseMoment): NegativeStatistics;
  /** Called after `advance` with the step's gradient, for a phase that learns from it. */
  follow?(gradient: FollowedGradient, at: PhaseMoment): void;
  /**
   * Tensors that must persist between steps and in checkpoints, by name. The phase keeps owning
   * them.
   */
  state(): Readonly<Record<string, Tensor>>;
  dispose(): void;
}

/** How half steps are computed and what the statistics hold. */
export interface ChainOptions {
  readonly reconstruction: 'mean' | 'sample';
  readonly statistics: 'mean' | 'sample';
}

/** A negative phase's name and options as plain data. */
export interface NegativePhaseConfig {
  readonly type: string;
  readonly [option: string]: unknown;
}

/**
 * A kind of negative phase: everything that training knows about it. To add one, write a file such
 * as `persistent-contrastive-divergence.ts` and list it in `negative-phase-kinds.ts`.
 */
export interface NegativePhaseKind {
  /**
   * Returns the options with the defaults filled in, as plain data that checkpoints store.
   *
   * @param where the function that receives the options, for errors
   * @throws RangeError if an option is unknown or out of range
   */
  resolve(where: string, options: NegativePhaseConfig, batchSize: number): NegativePhaseConfig;
  /** What people call it, before the number of its Gibbs steps: `CD`. */
  readonly label: string;
  /** A sentence or two for newcomers. */
  readonly about: string;
  /** Its source, such as `Hinton 2002`. */
  readonly source: string;
  /**
   * Whether its visible states are reconstructions of the minibatch, in the same order, so that
   * reports can give their distance from it.
   */
  readonly reconstructs: boolean;
  /**
   * Makes the phase of a new run. Its tensors must be kept beyond tidies.
   *
   * @param options as returned by `resolve`
   * @param visible the first minibatch
   */
  start(
    options: NegativePhaseConfig,
    chain: ChainOptions,
    rbm: Rbm,
    visible: Tensor2D,
  ): NegativePhase;
  /** Names and shapes of the state that a phase keeps from the first step on. */
  shapes(options: NegativePhaseConfig, rbm: Rbm): StateShapes;
  /** Makes the phase of a resumed run. It takes ownership of the state's tensors. */
  restore(
    options: NegativePhaseConfig,
    chain: ChainOptions,
    rbm: Rbm,
    state: Readonly<Record<string, Tensor>>,
  ): NegativePhase;
}
