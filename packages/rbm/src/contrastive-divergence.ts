import { argumentError, checkOptionNames, shown } from '@deepbelief/checks';
import type { Schedule } from '@deepbelief/training';
import { tidy } from '@tensorflow/tfjs-core';
import { halfStepKey } from './draw-sites.ts';
import { checkGibbsSteps, gibbsSteps } from './gibbs-steps.ts';
import { checkChains, hiddenState, visibleState } from './half-step.ts';
import { masked } from './missing-values.ts';
import type { ChainOptions, NegativePhase, NegativePhaseKind } from './negative-phase.ts';

/** Settings of contrastive divergence. */
export interface ContrastiveDivergenceOptions extends ChainOptions {
  /** Gibbs steps from the data. Default 1. */
  readonly steps?: Schedule;
}

/**
 * Contrastive divergence: each chain starts at the data and ends after its k steps (Hinton 2002).
 */
export function contrastiveDivergence(options: ContrastiveDivergenceOptions): NegativePhase {
  checkChains(options);
  const { steps = 1 } = options;
  checkGibbsSteps('contrastiveDivergence', steps);
  return {
    advance: (rbm, positive, { key, epoch }) =>
      tidy(() => {
        const last = gibbsSteps(steps, epoch) - 1;
        let hidden = positive.hiddenSample;
        for (let i = 0; ; i++) {
          const hiddenKey = halfStepKey(key, 2 * i + 1);
          const visible = masked(
            visibleState(rbm, hidden, options.reconstruction, halfStepKey(key, 2 * i)),
            positive.observed,
          );
          if (i === last)
            return { visible, hidden: hiddenState(rbm, visible, options.statistics, hiddenKey) };
          hidden = hiddenState(rbm, visible, 'sample', hiddenKey);
        }
      }),
    state: () => ({}),
    dispose: () => {},
  };
}

/** Contrastive divergence: k Gibbs steps from the data (Hinton 2002). */
export type CdOptions = {
  readonly type: 'cd';
  /** k: a whole number, or a schedule. Default 1. */
  readonly steps?: Schedule;
};

/** The names in `CdOptions`. */
export const contrastiveDivergenceKind: NegativePhaseKind = {
  resolve(where, options, batchSize) {
    checkOptionNames(`${where}, negativePhase`, options, ['type', 'steps', 'chains']);
    const { steps = 1, chains = batchSize } = options;
    // Checkpoints have always stored the minibatch size here.
    if (chains !== batchSize) {
      throw argumentError(
        `${where}: negativePhase.chains is ${shown(chains)}, expected none for cd, whose ` +
          'chains start at the minibatch; leave it out, or take pcd',
      );
    }
    checkGibbsSteps(where, steps as Schedule);
    return { type: 'cd', steps, chains };
  },
  label: 'CD',
  about: 'Contrastive divergence: the data are compared with reconstructions a few steps away.',
  source: 'Hinton 2002',
  reconstructs: true,
  start: ({ steps }, chain) => contrastiveDivergence({ ...chain, steps: steps as Schedule }),
  shapes: () => ({}),
  restore: ({ steps }, chain) => contrastiveDivergence({ ...chain, steps: steps as Schedule }),
};
