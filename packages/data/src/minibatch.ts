import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Minibatch } from './dataset.ts';

/**
 * Makes a minibatch that owns these tensors: `inputs` float32 [examples, values], `labels` int32
 * [examples].
 */
export function minibatch(inputs: Tensor2D, labels?: Tensor1D): Minibatch {
  return {
    inputs,
    ...(labels && { labels }),
    dispose() {
      inputs.dispose();
      labels?.dispose();
    },
  };
}
