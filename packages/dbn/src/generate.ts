import { checkFiniteAtOnce } from '@deepbelief/training';
import { argumentError, checkNumber, floatStates } from '@deepbelief/checks';
import { gibbs, visibleMean, type Rbm } from '@deepbelief/rbm';
import type { RandomKey } from '@deepbelief/random';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Dbn } from './dbn.ts';

/**
 * Computes the means of the bottom layer's visible units, given states of the top layer's hidden
 * units: means, layer by layer, down the stack. [batch, hidden of the top] → [batch, visible of the
 * first].
 *
 * @throws RangeError if the stack has no layer or the states do not fit
 * @throws NotFiniteError if a state is not finite, except on a GPU, whose numbers cannot be read at
 *   once
 */
export function project(dbn: Dbn, hidden: Tensor2D): Tensor2D {
  const top = topLayer('project', dbn);
  return tidy(() =>
    down('project', dbn.layers, floatStates('project', 'hidden', hidden, top.hidden.size)),
  );
}

/**
 * Samples from the stack as a generative model: Gibbs sampling in the top RBM, then means down to
 * the visible units. Source: Hinton, Osindero & Teh 2006, "A fast learning algorithm for deep
 * belief nets", section 6.
 *
 * @param start starting data of the chains, shape [chains, visible]
 * @param key the chains draw at its steps from `key.step` on
 * @param steps Gibbs steps in the top RBM; use hundreds to get far from the start
 * @returns shape [chains, visible]: means, or samples from a stack of one layer
 * @throws RangeError if the stack has no layer or an argument does not fit
 * @throws NotFiniteError if a state is not finite, as may happen with unbounded units. A GPU's
 *   numbers cannot be read at once: check the result with `checkFinite` of `@deepbelief/rbm`
 */
export function generate(dbn: Dbn, start: Tensor2D, key: RandomKey, steps: number): Tensor2D {
  return tidy(() => {
    const top = topLayer('generate', dbn);
    checkNumber('generate', 'steps', steps, { low: 1, whole: true });
    const depth = dbn.layers.length;
    const data = floatStates('generate', 'start', start, dbn.layers[0]!.visible.size);
    const states = depth === 1 ? data : dbn.features(data, depth - 1);
    const { visible } = gibbs(top, states, key, steps);
    return down('generate', dbn.layers.slice(0, -1), visible);
  });
}

/** Means, layer by layer, down to the data. */
function down(where: string, layers: readonly Rbm[], states: Tensor2D): Tensor2D {
  return layers.toReversed().reduce((above, rbm, i) => {
    const below = visibleMean(rbm, above);
    const cause =
      'weights too large for units without an upper bound (train with a smaller learning rate)';
    const what = `${rbm.visible.units.type} states of the visible units of layer ${layers.length - i}`;
    checkFiniteAtOnce(where, what, below, cause);
    return below;
  }, states);
}

function topLayer(where: string, dbn: Dbn): Rbm {
  const top = dbn.layers.at(-1);
  if (top === undefined)
    throw argumentError(`${where}: the stack has no layer yet, push a trained RBM first`);
  return top;
}
