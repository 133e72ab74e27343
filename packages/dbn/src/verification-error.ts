import type { PairDataset } from '@deepbelief/data';
import type { Siamese } from './siamese.ts';
import { pairProbabilities } from './pair-probabilities.ts';

/**
 * Computes the share of pairs on the wrong side of P(same) = ½.
 *
 * @throws RangeError if the pairs do not fit the net
 */
export async function verificationError(siamese: Siamese, pairs: PairDataset): Promise<number> {
  const { probabilities, same } = await pairProbabilities(siamese, pairs);
  let errors = 0;
  probabilities.forEach((probability, i) => {
    if (probability > 0.5 !== (same[i] === 1)) errors++;
  });
  return errors / probabilities.length;
}
