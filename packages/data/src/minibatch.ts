import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Minibatch } from './dataset.ts';

/**
 * Makes a minibatch that owns these tensors: `inputs` float32 [examples, values], `labels` int32
 * [examples], `observed` float32 like `inputs`, 1 where a value is known and 0 where it is missing.
 */
export function minibatch(inputs: Tensor2D, labels?: Tensor1D, observed?: Tensor2D): Minibatch {
  return {
    inputs,
    ...(labels && { labels }),
    ...(observed && { observed }),
    dispose() {
      for (const tensor of [inputs, labels, observed]) tensor?.dispose();
    },
  };
}
