import { checkFiniteAtOnce, checkInputAtOnce, unitsRule } from '@deepbelief/training';
import { checkNumber } from '@deepbelief/checks';
import { atSite, atStep, type RandomKey } from '@deepbelief/random';
import { dispose, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { sampleHidden, sampleVisible } from './conditionals.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';
import { unboundedTypes } from './unbounded-types.ts';

/** A state of both layers. */
export interface JointState {
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
}

/**
 * Runs block Gibbs sampling: `steps` times, hidden given visible, then visible given hidden.
 * Returns the last pair.
 *
 * Step i of the chain draws at step `key.step + i`, hidden at site 0 and visible at site 1.
 *
 * States of unbounded units, such as NReLUs on NReLUs, may grow at every step until they overflow.
 * On cpu and wasm this ends the chain with an error. A GPU's numbers cannot be read at once: check
 * the result with `checkFinite`.
 *
 * @param visible starting states of the chains, shape [chains, visible]; not disposed
 * @throws RangeError unless `steps` is a whole number, 1 or more, and the chains start at states of
 *   the visible units
 * @throws NotFiniteError if a state is not finite
 */
export function gibbs(rbm: Rbm, visible: Tensor2D, key: RandomKey, steps: number): JointState {
  checkNumber('gibbs', 'steps', steps, { low: 1, whole: true });
  tidy(() =>
    checkInputAtOnce(unitsRule('gibbs', rbm.visible.units), visibleStates('gibbs', rbm, visible)),
  );
  let state: JointState = { visible, hidden: visible };
  for (let i = 0; i < steps; i++) {
    const stepKey = atStep(key, key.step + i);
    const previous = state;
    try {
      state = tidy(() => {
        const hidden = sampleHidden(rbm, previous.visible, atSite(stepKey, 0));
        const next = { hidden, visible: sampleVisible(rbm, hidden, atSite(stepKey, 1)) };
        for (const side of ['hidden', 'visible'] as const) {
          const what = `${rbm[side].units.type} states of the ${side} layer at step ${i + 1} of ${steps}`;
          checkFiniteAtOnce('gibbs', what, next[side], likelyCause(rbm));
        }
        return next;
      });
    } finally {
      if (i > 0) dispose([previous.visible, previous.hidden]);
    }
  }
  return state;
}

function likelyCause(rbm: Rbm): string {
  const unbounded = unboundedTypes(rbm);
  return unbounded.length === 0
    ? 'parameters of the model that are not finite (load it from a good file)'
    : `weights too large for ${unbounded.join(' and ')} units, whose states have no upper ` +
        'bound and grow at every step (take fewer steps, or train with a smaller learning rate ' +
        'or with weight decay)';
}
