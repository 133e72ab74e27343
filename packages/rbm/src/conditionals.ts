import { denseStates, type DenseLayer } from '@deepbelief/kernels';
import type { RandomKey } from '@deepbelief/random';
import { add, matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { hiddenStates, visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** The hidden layer as the visible one sees it. */
export function hiddenLayer({ hidden, weights }: Rbm): DenseLayer {
  return { ...hidden, weights, transposed: false };
}

/** The visible layer as the hidden one sees it. */
function visibleLayer({ visible, weights }: Rbm): DenseLayer {
  return { ...visible, weights, transposed: true };
}

/** Total input of the hidden units, vW + b: [batch, visible] → [batch, hidden]. */
export function hiddenInput(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = visibleStates('hiddenInput', rbm, visible);
    return add<Tensor2D>(matMul(states, rbm.weights), rbm.hidden.bias);
  });
}

/** Total input of the visible units, hWᵀ + a: [batch, hidden] → [batch, visible]. */
export function visibleInput(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = hiddenStates('visibleInput', rbm, hidden);
    return add<Tensor2D>(matMul(states, rbm.weights, false, true), rbm.visible.bias);
  });
}

/** Expected hidden states given visible ones, shape [batch, hidden]. */
export function hiddenMean(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = visibleStates('hiddenMean', rbm, visible);
    return denseStates(hiddenLayer(rbm), states, { mean: true }).mean;
  });
}

/** Expected visible states given hidden ones, shape [batch, visible]. */
export function visibleMean(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = hiddenStates('visibleMean', rbm, hidden);
    return denseStates(visibleLayer(rbm), states, { mean: true }).mean;
  });
}

/** Samples hidden states given visible ones, shape [batch, hidden]. */
export function sampleHidden(rbm: Rbm, visible: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const states = visibleStates('sampleHidden', rbm, visible);
    return denseStates(hiddenLayer(rbm), states, { sample: key }).sample;
  });
}

/** Samples visible states given hidden ones, shape [batch, visible]. */
export function sampleVisible(rbm: Rbm, hidden: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const states = hiddenStates('sampleVisible', rbm, hidden);
    return denseStates(visibleLayer(rbm), states, { sample: key }).sample;
  });
}

/**
 * The features of a trained RBM in a feed-forward net: the deterministic activation of the hidden
 * units, max(0, vW + b) for NReLU and σ(vW + b) for binary ones. Shape [batch, hidden].
 */
export function features(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = visibleStates('features', rbm, visible);
    return rbm.hidden.units.activation(hiddenInput(rbm, states), rbm.hidden.parameters);
  });
}

/**
 * What the visible units expect to be after one mean-field step up and down, shape [batch,
 * visible].
 */
export function reconstruct(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => visibleMean(rbm, hiddenMean(rbm, visibleStates('reconstruct', rbm, visible))));
}
