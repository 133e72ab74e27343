import { checkFiniteAtOnce } from '@deepbelief/training';
import { checkNumber, floatStates } from '@deepbelief/checks';
import { gibbs, visibleMean, type Rbm } from '@deepbelief/rbm';
import type { RandomKey } from '@deepbelief/random';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Dbn } from './dbn.ts';

/**
 * What the visible units of the bottom layer expect, given states of the top layer's hidden units:
 * means, layer by layer, down the stack. [batch, hidden of the top] → [batch, visible of the
 * first].
 *
 * @throws RangeError when the stack has no layer or the states do not fit
 * @throws NotFiniteError when a state is not finite; not on a GPU, whose numbers cannot be read at
 *   once
 */
export function project(dbn: Dbn, hidden: Tensor2D): Tensor2D {
  const top = topLayer('project', dbn);
  return tidy(() =>
    down('project', dbn.layers, floatStates('project', 'hidden', hidden, top.hidden.size)),
  );
}

/**
 * Samples of the stack as a generative model: Gibbs sampling in the top RBM, then means down to the
 * visible units. Source: Hinton, Osindero & Teh 2006, "A fast learning algorithm for deep belief
 * nets", section 6.
 *
 * @param start data that the chains start from, shape [chains, visible]
 * @param key whose steps from `key.step` on the chains draw at
 * @param steps Gibbs steps in the top RBM: hundreds, to be far from the start
 * @returns shape [chains, visible]: means, or samples from a stack of one layer
 * @throws RangeError when the stack has no layer or an argument does not fit
 * @throws NotFiniteError when a state is not finite, as those of unbounded units may become; not on
 *   a GPU, whose numbers cannot be read at once: look at what comes back with `checkFinite` of
 *   `@deepbelief/rbm`
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
    throw new RangeError(`${where}: the stack has no layer yet, push a trained RBM first`);
  return top;
}
