import type { PairDataset } from '@deepbelief/data';
import type { Siamese } from '@deepbelief/dbn';
import {
  add,
  div,
  reshape,
  reverse,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Pairs a minibatch: bounds the memory, changes nothing else. */
const BATCH = 100;

/**
 * Log-odds of `same` of all pairs of faces, in their order; with reflections the mean over both
 * faces as they are and mirrored, each with each.
 *
 * @param scale factor of the second face's inputs, 1 for the face as it is
 */
export async function faceLogOdds(
  siamese: Siamese,
  pairs: PairDataset,
  reflections: boolean,
  scale = 1,
): Promise<{ readonly logOdds: Float32Array; readonly same: Int32Array }> {
  const logOdds = new Float32Array(pairs.size);
  const same = new Int32Array(pairs.size);
  let done = 0;
  for await (const batch of pairs.batches({ size: BATCH })) {
    const found = tidy(() => {
      const second = scale === 1 ? batch.second : div<Tensor2D>(batch.second, 1 / scale);
      return meanLogits(siamese, batch.first, second, reflections ? pairs.shape : undefined);
    });
    logOdds.set(await found.data(), done);
    same.set(await batch.same.data(), done);
    done += batch.same.shape[0];
    found.dispose();
    batch.dispose();
  }
  return { logOdds, same };
}

/**
 * Log-odds of pairs of inputs; given the shape of a face, the mean over reflections.
 *
 * @param first shape [pairs, values]
 * @param second as many
 */
export function meanLogits(
  siamese: Siamese,
  first: Tensor2D,
  second: Tensor2D,
  shape: readonly number[] | undefined,
): Tensor1D {
  if (shape === undefined) return siamese.logits(first, second);
  return tidy(() => {
    const mirror = (inputs: Tensor2D): Tensor2D =>
      reshape(reverse(reshape(inputs, [inputs.shape[0], ...shape]), 2), inputs.shape);
    const [mirroredFirst, mirroredSecond] = [mirror(first), mirror(second)];
    const all = [
      siamese.logits(first, second),
      siamese.logits(first, mirroredSecond),
      siamese.logits(mirroredFirst, second),
      siamese.logits(mirroredFirst, mirroredSecond),
    ];
    return div<Tensor1D>(
      all.reduce((sum, logits) => add(sum, logits)),
      all.length,
    );
  });
}
