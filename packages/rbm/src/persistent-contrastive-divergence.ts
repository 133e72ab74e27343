import { checkNumber, checkOptionNames, checkTensor } from '@deepbelief/checks';
import type { Schedule } from '@deepbelief/training';
import { dispose, gather, keep, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { halfStepKey, statisticsKey } from './draw-sites.ts';
import { checkGibbsSteps, gibbsSteps } from './gibbs-steps.ts';
import { checkChains, hiddenState, visibleState } from './half-step.ts';
import { chainMask, masked } from './missing-values.ts';
import type {
  ChainOptions,
  NegativePhase,
  NegativePhaseConfig,
  NegativePhaseKind,
  PhaseMoment,
} from './negative-phase.ts';
import type { Rbm } from './rbm.ts';

/** Settings of persistent chains. */
export interface PersistentChainOptions extends ChainOptions {
  /** Gibbs steps per training step. Default 1. */
  readonly steps?: Schedule;
}

/**
 * Persistent contrastive divergence: the chains' fantasy particles continue from step to step
 * (Tieleman 2008). Both layers are always sampled, whatever the option `reconstruction` says,
 * because means are not samples of the model.
 *
 * @param particles the visible states that the chains start from, shape [chains, visible]; the
 *   phase owns them
 */
export function persistentContrastiveDivergence(
  options: PersistentChainOptions,
  particles: Tensor2D,
): NegativePhase {
  const where = 'persistentContrastiveDivergence';
  checkChains(options);
  checkTensor(where, 'particles', particles);
  const { steps = 1, statistics } = options;
  checkGibbsSteps(where, steps);
  let fantasy = particles;
  return {
    advance: (rbm, { observed }, at) => {
      const previous = fantasy;
      const count = gibbsSteps(steps, at.epoch);
      const next = advanceChains(rbm, previous, at, count, statistics, observed);
      previous.dispose();
      // The trainer calls `advance` within a tidy, which would dispose them at its end.
      fantasy = keep(next.fantasy);
      return { visible: next.visible, hidden: next.hidden };
    },
    state: () => ({ fantasy }),
    dispose: () => dispose(fantasy),
  };
}

/** Chains, and states for the statistics. */
type AdvancedChains = {
  readonly fantasy: Tensor2D;
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
};

/**
 * Runs some Gibbs steps and returns the chains and the states for the statistics.
 *
 * @param observed which units the minibatch's examples have, if some are absent. Each chain then
 *   takes its steps in the RBM of an example. It keeps samples of all units, since another example
 *   may have them
 */
export function advanceChains(
  rbm: Rbm,
  start: Tensor2D,
  { key }: PhaseMoment,
  steps: number,
  statistics: 'mean' | 'sample',
  observed?: Tensor2D,
): AdvancedChains {
  return tidy(() => {
    const mask = observed && chainMask(observed, start.shape[0]);
    let fantasy = start;
    for (let i = 0; i < steps; i++) {
      const present = masked(fantasy, mask);
      const sample = hiddenState(rbm, present, 'sample', halfStepKey(key, 2 * i));
      fantasy = visibleState(rbm, sample, 'sample', halfStepKey(key, 2 * i + 1));
    }
    const visible = mask === undefined ? fantasy.clone() : masked(fantasy, mask);
    const hidden = hiddenState(rbm, visible, statistics, statisticsKey(key));
    return { fantasy, visible, hidden };
  });
}

/** Makes chains that start at the first minibatch's examples, in turn; kept beyond tidies. */
export function chainsFromData(visible: Tensor2D, chains: number): Tensor2D {
  const turn = Int32Array.from({ length: chains }, (_, i) => i % visible.shape[0]);
  return keep(tidy(() => gather(visible, tensor1d(turn, 'int32'))));
}

/** Resolves the options that all kinds with persistent chains have. */
export function resolveChains(
  where: string,
  { type, steps = 1, chains }: NegativePhaseConfig,
  batchSize: number,
): { readonly type: string; readonly steps: Schedule; readonly chains: number } {
  const resolved = { type, steps: steps as Schedule, chains: (chains ?? batchSize) as number };
  checkGibbsSteps(where, resolved.steps);
  checkNumber(where, 'negativePhase.chains', resolved.chains, { low: 1, whole: true });
  return resolved;
}

/** Persistent chains that continue from minibatch to minibatch (Tieleman 2008). */
export type PcdOptions = {
  readonly type: 'pcd';
  /** Gibbs steps per training step. Default 1. */
  readonly steps?: Schedule;
  /** Number of chains. Default: the minibatch size. */
  readonly chains?: number;
};

/** The names in `PcdOptions`. */
export const persistentContrastiveDivergenceKind: NegativePhaseKind = {
  resolve(where, options, batchSize) {
    checkOptionNames(`${where}, negativePhase`, options, ['type', 'steps', 'chains']);
    return resolveChains(where, options, batchSize);
  },
  label: 'PCD',
  about: 'Persistent CD: the data are compared with fantasies of chains that never end.',
  source: 'Tieleman 2008',
  reconstructs: false,
  start: ({ steps, chains }, chain, _rbm, visible) =>
    persistentContrastiveDivergence(
      { ...chain, steps: steps as Schedule },
      chainsFromData(visible, chains as number),
    ),
  shapes: ({ chains }, { visible }) => ({ fantasy: { shape: [chains as number, visible.size] } }),
  restore: ({ steps }, chain, _rbm, state) =>
    persistentContrastiveDivergence(
      { ...chain, steps: steps as Schedule },
      state['fantasy'] as Tensor2D,
    ),
};
