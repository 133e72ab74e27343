import { Dbn, project } from '@deepbelief/dbn';
import { features, type Rbm } from '@deepbelief/rbm';
import { matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/** Wraps layers in a read-only stack. Do not dispose it: the layers belong to others. */
export function asDbn(layers: readonly Rbm[]): Dbn {
  const dbn = new Dbn();
  for (const rbm of layers) dbn.push(rbm);
  return dbn;
}

/**
 * Returns the features of the top layer, or the data if there are no layers. [batch, visible] →
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
 * Returns the expected data given states of the top layer's hidden units, or the states if there
 * are no layers.
 */
export function downTo(layers: readonly Rbm[], states: Tensor2D): Tensor2D {
  return layers.length === 0 ? states.clone() : project(asDbn(layers), states);
}
