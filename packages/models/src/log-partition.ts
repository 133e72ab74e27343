import { annealedLogPartition, exactLogPartition } from '@deepbelief/evaluation';
import type { Layer } from '@deepbelief/rbm';
import type { Model } from './model.ts';

/** States that are summed one by one; more take longer than annealing. */
const MOST_STATES = 2 ** 16;

/**
 * log Z of the RBM of a model's data: exact where a layer has few states, else by annealed
 * importance sampling.
 */
export async function logPartition({ rbm }: Model): Promise<number> {
  if (Math.min(stateCount(rbm.visible), stateCount(rbm.hidden)) <= MOST_STATES) {
    return exactLogPartition(rbm);
  }
  return (await annealedLogPartition(rbm)).logPartition;
}

function stateCount({ units, size }: Layer): number {
  return units.states === undefined ? Infinity : units.states.count ** (size / units.groupSize);
}
