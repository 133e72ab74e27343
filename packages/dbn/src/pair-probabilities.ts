import type { PairDataset } from '@deepbelief/data';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Siamese } from './siamese.ts';

/** Pairs a minibatch: bounds the memory, changes nothing else. */
const BATCH = 250;

/** What a net says of pairs, and the truth. */
export interface PairProbabilities {
  /** P(same) of each pair. */
  readonly probabilities: Float32Array;
  /** 1 where both show the same, else 0. */
  readonly same: Int32Array;
}

/** The cosines of pairs' features, and the truth. */
export interface PairCosines {
  /** d of each pair. */
  readonly cosines: Float32Array;
  /** 1 where both show the same, else 0. */
  readonly same: Int32Array;
}

/**
 * P(same) of all pairs, in their order.
 *
 * @throws RangeError when the pairs do not fit the net
 */
export async function pairProbabilities(siamese: Siamese, pairs: PairDataset): Promise<PairProbabilities> {
  const { values, same } = await ofAll(pairs, (first, second) => siamese.probabilities(first, second));
  return { probabilities: values, same };
}

/**
 * The cosines of all pairs, in their order.
 *
 * @throws RangeError when the pairs do not fit the net
 */
export async function pairCosines(siamese: Siamese, pairs: PairDataset): Promise<PairCosines> {
  const { values, same } = await ofAll(pairs, (first, second) => siamese.cosines(first, second));
  return { cosines: values, same };
}

async function ofAll(
  pairs: PairDataset,
  fn: (first: Tensor2D, second: Tensor2D) => Tensor1D,
): Promise<{ readonly values: Float32Array; readonly same: Int32Array }> {
  const values = new Float32Array(pairs.size);
  const same = new Int32Array(pairs.size);
  let done = 0;
  for await (const batch of pairs.batches({ size: BATCH })) {
    try {
      const found = fn(batch.first, batch.second);
      values.set(await found.data(), done);
      found.dispose();
      same.set(await batch.same.data(), done);
      done += batch.same.shape[0];
    } finally {
      batch.dispose();
    }
  }
  return { values, same };
}
