import { argumentError } from '@deepbelief/checks';
import type { RandomKey } from '@deepbelief/random';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  checkableStates,
  checkRows,
  filled,
  observedStates,
  withoutGaps,
  type ResolvedMissing,
} from './missing-values.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** A minibatch as it was given, and the key of the step. */
interface GivenMinibatch {
  readonly visible: Tensor2D;
  readonly observed: Tensor2D | undefined;
  readonly key: RandomKey;
}

/** The known visible states of a minibatch, 0 elsewhere, and which ones are known. */
export function knownStates(
  where: string,
  rbm: Rbm,
  visible: Tensor2D,
  observed: Tensor2D | undefined,
): { readonly data: Tensor2D; readonly mask: Tensor2D | undefined } {
  const data = visibleStates(where, rbm, visible, 'minibatch');
  if (observed === undefined) return { data, mask: undefined };
  const mask = observedStates(where, rbm, observed);
  checkRows(where, data, mask);
  return { data: withoutGaps(data, mask), mask };
}

/**
 * Returns the visible states that training uses for a minibatch: gaps are 0 or filled, as the
 * option says. Call it within `tidy`.
 *
 * @param look checks the known values
 * @returns the states, and which units are present if some are absent
 * @throws RangeError if there are gaps without the option
 */
export function minibatchStates(
  where: string,
  rbm: Rbm,
  { visible, observed, key }: GivenMinibatch,
  missing: ResolvedMissing | undefined,
  look: (states: Tensor2D) => void,
): { readonly data: Tensor2D; readonly present: Tensor2D | undefined } {
  const { data, mask } = knownStates(where, rbm, visible, observed);
  if (mask !== undefined && missing === undefined) {
    throw argumentError(
      `${where}: the minibatch has missing values, expected the option missing: ` +
        "{ type: 'absent' } or { type: 'filled' }",
    );
  }
  look(mask === undefined ? data : checkableStates(rbm, data, mask));
  if (mask === undefined || missing === undefined) return { data, present: undefined };
  if (missing.type === 'absent') return { data, present: mask };
  return { data: filled(rbm, data, mask, key, missing.sweeps), present: undefined };
}
