import { checkNumber, checkTensor, checkValue, oneOf } from '@deepbelief/checks';
import { atSite, type RandomKey } from '@deepbelief/random';
import { dispose, gather, keep, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { hiddenMean, sampleHidden, sampleVisible, visibleMean } from './conditionals.ts';
import type { Rbm } from './rbm.ts';
import type { ResolvedTrainingOptions } from './training-options.ts';

/** What a negative phase gives to the statistics; the trainer disposes it. */
export interface NegativeStatistics {
  /** States of the visible units under the model, shape [particles, visible]. */
  readonly visible: Tensor2D;
  /** Expected or sampled hidden states given them, shape [particles, hidden]. */
  readonly hidden: Tensor2D;
}

/** What the data's half of a step hands over. */
export interface PositivePhase {
  /** The minibatch, shape [batch, visible]. */
  readonly visible: Tensor2D;
  /** Hidden states sampled given it, shape [batch, hidden]. */
  readonly hiddenSample: Tensor2D;
}

/**
 * Where the states of the model's half of the gradient come from: the one thing in which CD, PCD
 * and tempering differ.
 */
export interface NegativePhase {
  /**
   * Makes the statistics of one step. `key` is the step's: sites 0 and 1 are taken, 2 and above
   * free.
   */
  advance(rbm: Rbm, positive: PositivePhase, key: RandomKey, steps: number): NegativeStatistics;
  /**
   * Tensors that must live on between steps and in checkpoints, by name; they stay the phase's own.
   */
  state(): Readonly<Record<string, Tensor2D>>;
  dispose(): void;
}

/** How half steps are made and what the statistics hold. */
export interface ChainOptions {
  readonly reconstruction: 'mean' | 'sample';
  readonly statistics: 'mean' | 'sample';
}

/** First site of the numbers that chains draw. */
const CHAIN_SITE = 2;

/**
 * Contrastive divergence: each chain starts at the data and is forgotten after its k steps (Hinton
 * 2002).
 */
export function contrastiveDivergence(options: ChainOptions): NegativePhase {
  checkChains(options);
  return {
    advance: (rbm, positive, key, steps) => {
      checkSteps(steps);
      return tidy(() => {
        let hidden = positive.hiddenSample;
        for (let i = 0; ; i++) {
          const visible = visibleState(
            rbm,
            hidden,
            options.reconstruction,
            atSite(key, CHAIN_SITE + 2 * i),
          );
          const hiddenKey = atSite(key, CHAIN_SITE + 2 * i + 1);
          if (i === steps - 1)
            return { visible, hidden: hiddenState(rbm, visible, options.statistics, hiddenKey) };
          hidden = hiddenState(rbm, visible, 'sample', hiddenKey);
        }
      });
    },
    state: () => ({}),
    dispose: () => {},
  };
}

/**
 * Persistent contrastive divergence: the chains' fantasy particles go on from step to step
 * (Tieleman 2008). They are sampled in both layers whatever the reconstruction option says: means
 * would not be samples of the model.
 *
 * @param particles the visible states that the chains start from, shape [chains, visible]; the
 *   phase owns them
 */
export function persistentContrastiveDivergence(
  options: ChainOptions,
  particles: Tensor2D,
): NegativePhase {
  checkChains(options);
  checkTensor('persistentContrastiveDivergence', 'particles', particles);
  let fantasy = particles;
  return {
    advance: (rbm, _positive, key, steps) => {
      checkSteps(steps);
      const previous = fantasy;
      const [next, hidden] = tidy(() => {
        let visible = previous;
        for (let i = 0; i < steps; i++) {
          const sample = hiddenState(rbm, visible, 'sample', atSite(key, CHAIN_SITE + 2 * i));
          visible = visibleState(rbm, sample, 'sample', atSite(key, CHAIN_SITE + 2 * i + 1));
        }
        const last = hiddenState(rbm, visible, options.statistics, atSite(key, 1));
        return [visible, last] as [Tensor2D, Tensor2D];
      });
      previous.dispose();
      // The trainer advances within a tidy, which would dispose them at its end.
      fantasy = keep(next);
      return { visible: next.clone(), hidden };
    },
    state: () => ({ fantasy }),
    dispose: () => dispose(fantasy),
  };
}

/**
 * The negative phase of a run that begins. Persistent chains start at the first minibatch's
 * examples, in turn.
 */
export function startNegativePhase(
  options: Pick<ResolvedTrainingOptions, 'negativePhase' | keyof ChainOptions>,
  visible: Tensor2D,
): NegativePhase {
  const { type, chains } = options.negativePhase;
  if (type === 'cd') return contrastiveDivergence(options);
  const turn = Int32Array.from({ length: chains }, (_, i) => i % visible.shape[0]);
  // Kept, since a step runs within a tidy.
  const particles = keep(tidy(() => gather(visible, tensor1d(turn, 'int32'))));
  return persistentContrastiveDivergence(options, particles);
}

function checkChains({ reconstruction, statistics }: ChainOptions): void {
  const rule = { ...oneOf(['mean', 'sample']), optional: false };
  checkValue('negative phase', 'reconstruction', reconstruction, rule);
  checkValue('negative phase', 'statistics', statistics, rule);
}

function checkSteps(steps: number): void {
  checkNumber('negative phase', 'steps', steps, { low: 1, whole: true });
}

function visibleState(
  rbm: Rbm,
  hidden: Tensor2D,
  kind: 'mean' | 'sample',
  key: RandomKey,
): Tensor2D {
  return kind === 'mean' ? visibleMean(rbm, hidden) : sampleVisible(rbm, hidden, key);
}

function hiddenState(
  rbm: Rbm,
  visible: Tensor2D,
  kind: 'mean' | 'sample',
  key: RandomKey,
): Tensor2D {
  return kind === 'mean' ? hiddenMean(rbm, visible) : sampleHidden(rbm, visible, key);
}
