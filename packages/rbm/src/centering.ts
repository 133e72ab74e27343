import { checkFloats } from '@deepbelief/checks';
import {
  add,
  expandDims,
  reshape,
  sub,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Offsets } from './gradient.ts';
import { checkRbm } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** Biases of a model with the energy E(v, h) = E_v(v) + E_h(h) − a·v − b·h − (v − μ)ᵀ W (h − λ). */
export type Biases = {
  /** a, shape [visible]. */
  readonly visible: Tensor1D;
  /** b, shape [hidden]. */
  readonly hidden: Tensor1D;
};

/**
 * Returns the biases of the centered model with the same distribution as a plain one: a + Wλ and b
 * + Wᵀμ. Source: Montavon & Müller 2012, "Deep Boltzmann machines and the centering trick", section
 * 3.
 */
export function centeredBiases(rbm: Rbm, offsets: Offsets): Biases {
  return tidy(() => {
    const shift = biasShift('centeredBiases', rbm, offsets);
    return {
      visible: add<Tensor1D>(rbm.visible.bias, shift.visible),
      hidden: add<Tensor1D>(rbm.hidden.bias, shift.hidden),
    };
  });
}

/**
 * The inverse: returns the biases of the plain model with the RBM's weights that equals a centered
 * one, a − Wλ and b − Wᵀμ.
 */
export function plainBiases(rbm: Rbm, centered: Biases, offsets: Offsets): Biases {
  return tidy(() => {
    checkLayers('plainBiases', rbm, 'centered', centered);
    const shift = biasShift('plainBiases', rbm, offsets);
    return {
      visible: sub<Tensor1D>(centered.visible, shift.visible),
      hidden: sub<Tensor1D>(centered.hidden, shift.hidden),
    };
  });
}

/** Returns Wλ and Wᵀμ. */
function biasShift(where: string, rbm: Rbm, offsets: Offsets): Biases {
  checkRbm(where, rbm);
  checkLayers(where, rbm, 'offsets', offsets);
  return {
    visible: reshape(rbm.connection.down(expandDims<Tensor2D>(offsets.hidden, 0)), [-1]),
    hidden: reshape(rbm.connection.up(expandDims<Tensor2D>(offsets.visible, 0)), [-1]),
  };
}

/** Throws a RangeError unless each layer has one number per unit. */
function checkLayers(where: string, rbm: Rbm, what: string, layers: Biases | Offsets): void {
  for (const side of ['visible', 'hidden'] as const)
    checkFloats(where, `${what}.${side}`, layers[side], [rbm[side].size]);
}
