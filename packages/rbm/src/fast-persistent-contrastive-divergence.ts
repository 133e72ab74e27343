import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { wholeGradient } from '@deepbelief/kernels';
import { checkSchedule, scheduled, type Schedule } from '@deepbelief/training';
import {
  add,
  dispose,
  keep,
  mul,
  tidy,
  zeros,
  zerosLike,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { gibbsSteps } from './gibbs-steps.ts';
import type {
  ChainOptions,
  NegativePhase,
  NegativePhaseConfig,
  NegativePhaseKind,
} from './negative-phase.ts';
import {
  advanceChains,
  chainsFromData,
  resolveChains,
} from './persistent-contrastive-divergence.ts';
import { Rbm } from './rbm.ts';

/** The options with their defaults. */
interface FastSettings {
  readonly steps: Schedule;
  readonly fastRate: Schedule;
  readonly decay: number;
}

/** The chains, and what is added to the parameters while they run. */
interface FastState {
  readonly fantasy: Tensor2D;
  readonly weights: Tensor;
  readonly visibleBias: Tensor1D;
  readonly hiddenBias: Tensor1D;
}

/** The fast parameters, by their names in the gradient. */
const FAST = ['weights', 'visibleBias', 'hiddenBias'] as const;

/**
 * Fast persistent contrastive divergence: the chains run with the parameters θ plus fast ones θ_f,
 * which learn at a high rate and fade: θ_f ← decay · θ_f + fastRate · g, where g is the step's
 * gradient. They drive the chains away from where they have been, so that chains mix well even when
 * the regular parameters learn slowly.
 *
 * Source: Tieleman & Hinton 2009, "Using fast weights to improve persistent contrastive
 * divergence", section 4; the decay of 19/20 is theirs.
 */
function fastPersistentContrastiveDivergence(
  { steps, fastRate, decay }: FastSettings,
  { statistics }: ChainOptions,
  start: FastState,
): NegativePhase {
  let state = start;
  return {
    advance: (rbm, { observed }, at) => {
      const { fantasy, visible, hidden } = tidy(() => {
        const count = gibbsSteps(steps, at.epoch);
        return advanceChains(withFast(rbm, state), state.fantasy, at, count, statistics, observed);
      });
      state.fantasy.dispose();
      state = { ...state, fantasy: keep(fantasy) };
      return { visible, hidden };
    },
    follow: (gradient, at) => {
      const rate = scheduled(fastRate, at.epoch);
      const learned = (name: (typeof FAST)[number]): Tensor =>
        keep(
          tidy(() =>
            add(mul(state[name], decay), mul(wholeGradient<Tensor>(gradient[name]), rate)),
          ),
        );
      const next = Object.fromEntries(FAST.map((name) => [name, learned(name)]));
      dispose(FAST.map((name) => state[name]));
      state = { ...state, ...next };
    },
    state: () => ({ ...state }),
    dispose: () => dispose(Object.values(state)),
  };
}

/** Returns the RBM with fast parameters added to its own; call it within a tidy. */
function withFast(rbm: Rbm, fast: FastState): Rbm {
  const { visible, hidden, connection } = rbm;
  const weights = add(connection.weights, fast.weights);
  return new Rbm(
    { ...visible, bias: add<Tensor1D>(visible.bias, fast.visibleBias) },
    { ...hidden, bias: add<Tensor1D>(hidden.bias, fast.hiddenBias) },
    connection.withWeights(connection.constrain?.(weights) ?? weights),
    rbm.zeroHiddenBias,
  );
}

const settings = (options: NegativePhaseConfig): FastSettings & { readonly chains: number } =>
  options as never;

/** Persistent chains with fast weights, which mix well (Tieleman & Hinton 2009). */
export type FpcdOptions = {
  readonly type: 'fpcd';
  /** Gibbs steps per training step. Default 1. */
  readonly steps?: Schedule;
  /** Number of chains. Default: the minibatch size. */
  readonly chains?: number;
  /** Step size of the fast parameters. Default 0.05. */
  readonly fastRate?: Schedule;
  /** Share of the fast parameters that remains after a step. Default 0.95. */
  readonly decay?: number;
};

/** The names in `FpcdOptions`. */
export const fastPersistentContrastiveDivergenceKind: NegativePhaseKind = {
  resolve(where, options, batchSize) {
    const names = ['type', 'steps', 'chains', 'fastRate', 'decay'];
    checkOptionNames(`${where}, negativePhase`, options, names);
    const { fastRate = 0.05, decay = 0.95 } = options as Partial<FastSettings>;
    checkSchedule(where, 'negativePhase.fastRate', fastRate, { low: 0, high: 1e30 });
    checkNumber(where, 'negativePhase.decay', decay, { low: 0, high: 1 });
    return { ...resolveChains(where, options, batchSize), fastRate, decay };
  },
  label: 'FPCD',
  about:
    'Fast persistent CD: chains that never end, driven on by fast weights that soon fade, ' +
    'so that they mix well.',
  source: 'Tieleman & Hinton 2009',
  reconstructs: false,
  start: (options, chain, { connection, visible, hidden }, data) =>
    fastPersistentContrastiveDivergence(settings(options), chain, {
      fantasy: chainsFromData(data, settings(options).chains),
      weights: keep(zerosLike(connection.weights)),
      visibleBias: keep(zeros([visible.size])),
      hiddenBias: keep(zeros([hidden.size])),
    }),
  shapes: (options, { connection, visible, hidden }) => ({
    fantasy: { shape: [settings(options).chains, visible.size] },
    weights: { shape: connection.weights.shape },
    visibleBias: { shape: [visible.size] },
    hiddenBias: { shape: [hidden.size] },
  }),
  restore: (options, chain, _rbm, state) =>
    fastPersistentContrastiveDivergence(settings(options), chain, state as never),
};
