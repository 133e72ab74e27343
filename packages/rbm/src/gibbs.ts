import { atSite, atStep, type RandomKey } from '@deepbelief/random';
import { dispose, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { sampleHidden, sampleVisible } from './conditionals.ts';
import type { Rbm } from './rbm.ts';

/** A state of both layers. */
export interface JointState {
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
}

/**
 * Block Gibbs sampling: `steps` times hidden given visible, then visible given hidden. Returns the last pair.
 *
 * Step i of the chain draws at step `key.step + i`, hidden at site 0 and visible at site 1.
 *
 * @param visible where the chains start, shape [chains, visible]; it is not disposed
 * @throws RangeError unless `steps` is a whole number, 1 or more
 */
export function gibbs(rbm: Rbm, visible: Tensor2D, key: RandomKey, steps: number): JointState {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`gibbs: steps is ${steps}, expected a whole number, 1 or more`);
  }
  let state: JointState = { visible, hidden: visible };
  for (let i = 0; i < steps; i++) {
    const stepKey = atStep(key, key.step + i);
    const previous = state;
    state = tidy(() => {
      const hidden = sampleHidden(rbm, previous.visible, atSite(stepKey, 0));
      return { hidden, visible: sampleVisible(rbm, hidden, atSite(stepKey, 1)) };
    });
    if (i > 0) dispose([previous.visible, previous.hidden]);
  }
  return state;
}
