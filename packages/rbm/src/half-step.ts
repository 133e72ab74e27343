import { checkValue, oneOf } from '@deepbelief/checks';
import type { RandomKey } from '@deepbelief/random';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { hiddenMean, sampleHidden, sampleVisible, visibleMean } from './conditionals.ts';
import type { ChainOptions } from './negative-phase.ts';
import type { Rbm } from './rbm.ts';

/** Returns visible states given hidden ones: expected, or sampled with the key. */
export function visibleState(
  rbm: Rbm,
  hidden: Tensor2D,
  kind: 'mean' | 'sample',
  key: RandomKey,
): Tensor2D {
  return kind === 'mean' ? visibleMean(rbm, hidden) : sampleVisible(rbm, hidden, key);
}

/** Returns hidden states given visible ones: expected, or sampled with the key. */
export function hiddenState(
  rbm: Rbm,
  visible: Tensor2D,
  kind: 'mean' | 'sample',
  key: RandomKey,
): Tensor2D {
  return kind === 'mean' ? hiddenMean(rbm, visible) : sampleHidden(rbm, visible, key);
}

/** Throws a RangeError unless both are `mean` or `sample`. */
export function checkChains({ reconstruction, statistics }: ChainOptions): void {
  const rule = { ...oneOf(['mean', 'sample']), optional: false };
  checkValue('negative phase', 'reconstruction', reconstruction, rule);
  checkValue('negative phase', 'statistics', statistics, rule);
}
