import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { mul, sign, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Link, Penalty } from './optimizer.ts';

/**
 * Applies the penalty λ₁ Σ|W| + λ₂/2 ΣW² to weights: it subtracts λ₁ sign(W) + λ₂ W from the
 * direction.
 *
 * @param options λ₁ and λ₂, 0 or more. Both default to 0
 * @param where the function that receives the options, for errors
 * @throws RangeError if an option is unknown or out of range
 */
export function weightDecay(options: Partial<Penalty> = {}, where = 'weightDecay'): Link {
  checkOptionNames(where, options, ['type', 'l1', 'l2']);
  const { l1 = 0, l2 = 0 } = options;
  checkNumber(where, 'l1', l1, { low: 0 });
  checkNumber(where, 'l2', l2, { low: 0 });
  return {
    config: { type: 'weight-decay', l1, l2 },
    kinds: ['weights'],
    penalty: { l1, l2 },
    turn: (direction, state, { value }) => {
      let pulled: Tensor = l2 === 0 ? direction : sub(direction, mul(value, l2));
      if (l1 !== 0) pulled = sub(pulled, mul(sign(value), l1));
      return { direction: pulled, state };
    },
  };
}
