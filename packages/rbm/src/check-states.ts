import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws a RangeError unless `states` has shape [batch, size]: `rbm.freeEnergy: visible has shape …, expected …`. */
export function checkStates(where: string, what: string, states: Tensor, size: number): void {
  if (states.shape.length !== 2 || states.shape[1] !== size) {
    throw new RangeError(`${where}: ${what} has shape [${states.shape.join(', ')}], expected [batch, ${size}]`);
  }
}
