import type { RandomKey } from '@deepbelief/random';
import { add, matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkStates } from './check-states.ts';
import type { Rbm } from './rbm.ts';

/** Total input of the hidden units, vW + b: [batch, visible] → [batch, hidden]. */
export function hiddenInput(rbm: Rbm, visible: Tensor2D): Tensor2D {
  checkStates('hiddenInput', 'visible', visible, rbm.visible.size);
  return tidy(() => add<Tensor2D>(matMul(visible, rbm.weights), rbm.hidden.bias));
}

/** Total input of the visible units, hWᵀ + a: [batch, hidden] → [batch, visible]. */
export function visibleInput(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  checkStates('visibleInput', 'hidden', hidden, rbm.hidden.size);
  return tidy(() => add<Tensor2D>(matMul(hidden, rbm.weights, false, true), rbm.visible.bias));
}

/** Expected hidden states given visible ones, shape [batch, hidden]. */
export function hiddenMean(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => rbm.hidden.units.mean(hiddenInput(rbm, visible), rbm.hidden.parameters));
}

/** Expected visible states given hidden ones, shape [batch, visible]. */
export function visibleMean(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  return tidy(() => rbm.visible.units.mean(visibleInput(rbm, hidden), rbm.visible.parameters));
}

/** Samples hidden states given visible ones, shape [batch, hidden]. */
export function sampleHidden(rbm: Rbm, visible: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => rbm.hidden.units.sample(hiddenInput(rbm, visible), key, rbm.hidden.parameters));
}

/** Samples visible states given hidden ones, shape [batch, visible]. */
export function sampleVisible(rbm: Rbm, hidden: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => rbm.visible.units.sample(visibleInput(rbm, hidden), key, rbm.visible.parameters));
}

/**
 * The features of a trained RBM in a feed-forward net: the deterministic activation of the hidden units,
 * max(0, vW + b) for NReLU and σ(vW + b) for binary ones. Shape [batch, hidden].
 */
export function features(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => rbm.hidden.units.activation(hiddenInput(rbm, visible), rbm.hidden.parameters));
}

/** What the visible units expect to be after one mean-field step up and down, shape [batch, visible]. */
export function reconstruct(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => visibleMean(rbm, hiddenMean(rbm, visible)));
}
