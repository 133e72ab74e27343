import { Dbn, project } from '@deepbelief/dbn';
import { features, type Rbm } from '@deepbelief/rbm';
import { matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/** Layers as a stack, to be read only: it must not be disposed, for the layers belong to others. */
export function asDbn(layers: readonly Rbm[]): Dbn {
  const dbn = new Dbn();
  for (const rbm of layers) dbn.push(rbm);
  return dbn;
}

/**
 * Features of the top layer; the data themselves where there is no layer. [batch, visible] →
 * [batch, hidden].
 */
export function stackFeatures(
  layers: readonly Rbm[],
  visible: Tensor2D,
  withoutBiases = false,
): Tensor2D {
  return tidy(() =>
    layers.reduce((states, rbm) => {
      if (!withoutBiases) return features(rbm, states);
      return rbm.hidden.units.activation(matMul(states, rbm.weights), rbm.hidden.parameters);
    }, visible.clone()),
  );
}

/**
 * Expected data given states of the layer above the given ones; the states where there is no layer.
 */
export function downTo(layers: readonly Rbm[], states: Tensor2D): Tensor2D {
  return layers.length === 0 ? states.clone() : project(asDbn(layers), states);
}
