import type { PairDataset } from '@deepbelief/data';
import type { Siamese } from '@deepbelief/dbn';
import { mul, sigmoid, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { featureLogits } from './face-log-odds.ts';

/** Pairs per minibatch; limits only the memory. */
const BATCH = 100;

/**
 * Measures how much P(same) changes, averaged over the pairs, when the inputs of each pair's second
 * face are multiplied by a factor. It is 0 for a net whose features scale with the inputs, such as
 * NReLUs without biases (Nair & Hinton 2010, section 6).
 *
 * @param factors of the second face's inputs
 * @returns [factor, mean change of P(same)] for each factor
 */
export async function intensityTest(
  siamese: Siamese,
  pairs: PairDataset,
  factors: readonly number[],
): Promise<[factor: number, change: number][]> {
  const changes = factors.map(() => 0);
  for await (const batch of pairs.batches({ size: BATCH })) {
    // The first faces' features do not change with the factor.
    const first = siamese.features(batch.first);
    const asItIs = await probabilities(siamese, first, batch.second, 1);
    for (const [i, factor] of factors.entries()) {
      const moved = await probabilities(siamese, first, batch.second, factor);
      moved.forEach((p, pair) => (changes[i]! += Math.abs(p - asItIs[pair]!) / pairs.size));
    }
    first.dispose();
    batch.dispose();
  }
  return factors.map((factor, i) => [factor, changes[i]!]);
}

async function probabilities(
  siamese: Siamese,
  first: Tensor2D,
  second: Tensor2D,
  factor: number,
): Promise<Float32Array> {
  const found = tidy(() => {
    const features = siamese.features(mul<Tensor2D>(second, factor));
    return sigmoid<Tensor1D>(featureLogits(siamese, first, features));
  });
  try {
    return (await found.data()) as Float32Array;
  } finally {
    found.dispose();
  }
}
