import type { PairDataset } from '@deepbelief/data';
import { cosineSimilarity, type Siamese } from '@deepbelief/dbn';
import {
  add,
  concat,
  div,
  mul,
  reshape,
  reverse,
  split,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Pairs per minibatch; limits only the memory. */
const BATCH = 100;

/** Log-odds of pairs, and the true answers. */
export interface FaceLogOdds {
  /** Log-odds of `same` for each pair. */
  readonly logOdds: Float32Array;
  /** 1 if both show the same person, else 0. */
  readonly same: Int32Array;
}

/**
 * Computes log-odds of `same` for all pairs of faces, in order. With reflections, it averages over
 * all four combinations of both faces as they are and mirrored.
 */
export async function faceLogOdds(
  siamese: Siamese,
  pairs: PairDataset,
  reflections: boolean,
): Promise<FaceLogOdds> {
  const logOdds = new Float32Array(pairs.size);
  const same = new Int32Array(pairs.size);
  let done = 0;
  for await (const batch of pairs.batches({ size: BATCH })) {
    const found = faceLogits(
      siamese,
      batch.first,
      batch.second,
      reflections ? pairs.shape : undefined,
    );
    logOdds.set(await found.data(), done);
    same.set(await batch.same.data(), done);
    done += batch.same.shape[0];
    found.dispose();
    batch.dispose();
  }
  return { logOdds, same };
}

/**
 * Computes log-odds of pairs of inputs; given a face's shape, it averages over reflections. The
 * features of each face, as it is and mirrored, are computed once.
 *
 * @param first shape [pairs, values]
 * @param second the same shape
 * @param shape height, width and channels of a face
 */
export function faceLogits(
  siamese: Siamese,
  first: Tensor2D,
  second: Tensor2D,
  shape?: readonly number[],
): Tensor1D {
  if (shape === undefined) return siamese.logits(first, second);
  return tidy(() => {
    const mirror = (inputs: Tensor2D): Tensor2D =>
      reshape(reverse(reshape(inputs, [inputs.shape[0], ...shape]), 2), inputs.shape);
    const faces = concat([first, second]);
    const [a, b] = split(siamese.features(faces), 2) as [Tensor2D, Tensor2D];
    const [mirroredA, mirroredB] = split(siamese.features(mirror(faces)), 2) as [
      Tensor2D,
      Tensor2D,
    ];
    const all = [
      featureLogits(siamese, a, b),
      featureLogits(siamese, a, mirroredB),
      featureLogits(siamese, mirroredA, b),
      featureLogits(siamese, mirroredA, mirroredB),
    ];
    return div<Tensor1D>(
      all.reduce((sum, logits) => add(sum, logits)),
      all.length,
    );
  });
}

/** Log-odds of pairs of feature vectors: w d + b for their cosines d. */
export function featureLogits(
  { output }: Pick<Siamese, 'output'>,
  first: Tensor2D,
  second: Tensor2D,
): Tensor1D {
  return tidy(() => {
    const cosines = cosineSimilarity(concat([first, second]));
    return add<Tensor1D>(mul(cosines, output.weight), output.bias);
  });
}
