import type { HiddenActivity, Rbm } from '@deepbelief/rbm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Activity } from './protocol.ts';
import { stackFeatures } from './stack-view.ts';

const BINS = 30;

/**
 * Returns a histogram of the activations of a layer's hidden units, from zero (or the smallest, if
 * that is negative) to the largest.
 */
export async function activityOf(
  rbm: Rbm,
  visible: Tensor2D,
  { active, dead }: HiddenActivity,
): Promise<Activity> {
  const featureTensor = stackFeatures([rbm], visible);
  const values = (await featureTensor.data()) as Float32Array;
  featureTensor.dispose();
  let from = 0;
  let to = 1e-6;
  for (const value of values) {
    if (value < from) from = value;
    if (value > to && value < Infinity) to = value;
  }
  const width = (to - from) / BINS;
  const shares = new Float32Array(BINS);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - from) / width));
    if (bin >= 0) shares[bin]! += 1 / values.length;
  }
  return { from, width, shares, active, dead };
}
