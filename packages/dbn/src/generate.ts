import { gibbs, visibleMean, type Rbm } from '@deepbelief/rbm';
import type { RandomKey } from '@deepbelief/random';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Dbn } from './dbn.ts';

/**
 * What the visible units of the bottom layer expect, given states of the top layer's hidden units: means, layer by
 * layer, down the stack. [batch, hidden of the top] → [batch, visible of the first].
 *
 * @throws RangeError when the stack has no layer or the states do not fit
 */
export function project(dbn: Dbn, hidden: Tensor2D): Tensor2D {
  topLayer('project', dbn);
  return tidy(() => dbn.layers.toReversed().reduce((states, rbm) => visibleMean(rbm, states), hidden));
}

/**
 * Samples of the stack as a generative model: Gibbs sampling in the top RBM, then means down to the visible units.
 * Source: Hinton, Osindero & Teh 2006, "A fast learning algorithm for deep belief nets", section 6.
 *
 * @param start data that the chains start from, shape [chains, visible]
 * @param key whose steps from `key.step` on the chains draw at
 * @param steps Gibbs steps in the top RBM: hundreds, to be far from the start
 * @returns shape [chains, visible]: means, or samples from a stack of one layer
 * @throws RangeError when the stack has no layer or an argument does not fit
 */
export function generate(dbn: Dbn, start: Tensor2D, key: RandomKey, steps: number): Tensor2D {
  return tidy(() => {
    const top = topLayer('generate', dbn);
    const depth = dbn.layers.length;
    const states = depth === 1 ? start : dbn.features(start, depth - 1);
    const { visible } = gibbs(top, states, key, steps);
    return dbn.layers
      .slice(0, -1)
      .toReversed()
      .reduce((below, rbm) => visibleMean(rbm, below), visible);
  });
}

function topLayer(where: string, dbn: Dbn): Rbm {
  const top = dbn.layers.at(-1);
  if (top === undefined) throw new RangeError(`${where}: the stack has no layer yet, push a trained RBM first`);
  return top;
}
