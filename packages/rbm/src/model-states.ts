import { argumentError, floatStates } from '@deepbelief/checks';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { rbmParameters } from './parameters.ts';
import type { Rbm } from './rbm.ts';

/**
 * Throws a RangeError unless an RBM still has all its tensors.
 *
 * @param where the function, for errors
 */
export function checkRbm(where: string, rbm: Rbm): void {
  for (const { name, value } of rbmParameters(rbm)) {
    if (!value.isDisposed) continue;
    throw argumentError(
      `${where}: ${name} of the RBM is disposed, expected an RBM that is still in use`,
    );
  }
}

/**
 * States of the visible layer as float32 of shape [batch, visible]; see `floatStates`. Call it
 * within `tidy`.
 *
 * @throws RangeError if they do not fit, have no rows or are disposed, or the RBM is disposed
 */
export function visibleStates(
  where: string,
  rbm: Rbm,
  states: Tensor2D,
  what = 'visible',
): Tensor2D {
  checkRbm(where, rbm);
  return floatStates(where, what, states, rbm.visible.size);
}

/** The same for the hidden layer, [batch, hidden]. */
export function hiddenStates(where: string, rbm: Rbm, states: Tensor2D, what = 'hidden'): Tensor2D {
  checkRbm(where, rbm);
  return floatStates(where, what, states, rbm.hidden.size);
}
