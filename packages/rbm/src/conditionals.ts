import type { Side } from '@deepbelief/connections';
import { denseStates, inputStates, type DenseStates, type WantedStates } from '@deepbelief/kernels';
import type { RandomKey } from '@deepbelief/random';
import { add, tidy, type TensorContainer, type Tensor2D } from '@tensorflow/tfjs-core';
import { hiddenStates, visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/**
 * Returns the requested states of one layer given the other's, expected or sampled: in one fused
 * pass if the connection is a matrix and the backend has the kernel for the unit type, otherwise
 * through the connection's and the unit type's own functions.
 *
 * @param states of the other layer, float32 of shape [batch, units]
 */
export function layerStates<const W extends WantedStates>(
  rbm: Rbm,
  side: Side,
  states: Tensor2D,
  wanted: W,
): DenseStates<W> {
  const { units, bias, parameters } = rbm[side];
  const weights = rbm.connection.matrix;
  if (weights !== undefined) {
    const layer = { units, parameters, bias, weights, transposed: side === 'visible' };
    return denseStates(layer, states, wanted);
  }
  return tidy(
    () =>
      inputStates(
        { units, parameters, bias },
        fromOther(rbm, side, states),
        wanted,
      ) as DenseStates<W> & TensorContainer,
  );
}

/** Returns the input that one layer's states give to the other, without bias. */
function fromOther({ connection }: Rbm, side: Side, states: Tensor2D): Tensor2D {
  return side === 'hidden' ? connection.up(states) : connection.down(states);
}

/** Returns the total input of one layer's units given the other's states, shape [batch, units]. */
function layerInput(rbm: Rbm, side: Side, states: Tensor2D): Tensor2D {
  return add<Tensor2D>(fromOther(rbm, side, states), rbm[side].bias);
}

/** Returns the total input of the hidden units, vW + b: [batch, visible] → [batch, hidden]. */
export function hiddenInput(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => layerInput(rbm, 'hidden', visibleStates('hiddenInput', rbm, visible)));
}

/** Returns the total input of the visible units, hWᵀ + a: [batch, hidden] → [batch, visible]. */
export function visibleInput(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  return tidy(() => layerInput(rbm, 'visible', hiddenStates('visibleInput', rbm, hidden)));
}

/** Returns the expected hidden states given visible ones, shape [batch, hidden]. */
export function hiddenMean(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = visibleStates('hiddenMean', rbm, visible);
    return layerStates(rbm, 'hidden', states, { mean: true }).mean;
  });
}

/** Returns the expected visible states given hidden ones, shape [batch, visible]. */
export function visibleMean(rbm: Rbm, hidden: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = hiddenStates('visibleMean', rbm, hidden);
    return layerStates(rbm, 'visible', states, { mean: true }).mean;
  });
}

/** Samples hidden states given visible ones, shape [batch, hidden]. */
export function sampleHidden(rbm: Rbm, visible: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const states = visibleStates('sampleHidden', rbm, visible);
    return layerStates(rbm, 'hidden', states, { sample: key }).sample;
  });
}

/** Samples visible states given hidden ones, shape [batch, visible]. */
export function sampleVisible(rbm: Rbm, hidden: Tensor2D, key: RandomKey): Tensor2D {
  return tidy(() => {
    const states = hiddenStates('sampleVisible', rbm, hidden);
    return layerStates(rbm, 'visible', states, { sample: key }).sample;
  });
}

/**
 * Returns the features of a trained RBM in a feed-forward net: the deterministic activation of the
 * hidden units, max(0, vW + b) for NReLU and σ(vW + b) for binary ones. Shape [batch, hidden].
 */
export function features(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => {
    const states = visibleStates('features', rbm, visible);
    return rbm.hidden.units.activation(hiddenInput(rbm, states), rbm.hidden.parameters);
  });
}

/**
 * Returns the expected visible states after one mean-field step up and down, shape [batch,
 * visible].
 */
export function reconstruct(rbm: Rbm, visible: Tensor2D): Tensor2D {
  return tidy(() => visibleMean(rbm, hiddenMean(rbm, visibleStates('reconstruct', rbm, visible))));
}
