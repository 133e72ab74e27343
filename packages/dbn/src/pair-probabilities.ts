import { argumentError } from '@deepbelief/checks';
import { checkFinite, checkInput, finiteRule } from '@deepbelief/training';
import type { PairDataset } from '@deepbelief/data';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkLabels, pairRule } from './check-labels.ts';
import { OVERFLOW } from './overflow.ts';
import type { Siamese } from './siamese.ts';

/** Pairs per minibatch; limits only the memory. */
const BATCH = 250;

/** A net's answers on pairs, and the true ones. */
export interface PairProbabilities {
  /** P(same) of each pair. */
  readonly probabilities: Float32Array;
  /** 1 if both show the same, else 0. */
  readonly same: Int32Array;
}

/** The cosines of pairs' features, and the true answers. */
export interface PairCosines {
  /** d of each pair. */
  readonly cosines: Float32Array;
  /** 1 if both show the same, else 0. */
  readonly same: Int32Array;
}

/**
 * Computes P(same) of all pairs, in order.
 *
 * @throws RangeError if the pairs do not fit the net, are not finite, or have labels other than 0
 *   and 1
 * @throws NotFiniteError if the net overflows
 */
export async function pairProbabilities(
  siamese: Siamese,
  pairs: PairDataset,
): Promise<PairProbabilities> {
  const { values, same } = await ofAll(pairs, (first, second) =>
    siamese.probabilities(first, second),
  );
  return { probabilities: values, same };
}

/**
 * Computes the cosines of all pairs, in order.
 *
 * @throws RangeError if the pairs do not fit the net, are not finite, or have labels other than 0
 *   and 1
 * @throws NotFiniteError if the net overflows
 */
export async function pairCosines(siamese: Siamese, pairs: PairDataset): Promise<PairCosines> {
  const { values, same } = await ofAll(pairs, (first, second) => siamese.cosines(first, second));
  return { cosines: values, same };
}

async function ofAll(
  pairs: PairDataset,
  fn: (first: Tensor2D, second: Tensor2D) => Tensor1D,
): Promise<{ readonly values: Float32Array; readonly same: Int32Array }> {
  const { name, size } = pairs;
  const values = new Float32Array(size);
  const same = new Int32Array(size);
  const miscounted = (found: number): RangeError =>
    argumentError(
      `${name} gave ${found} pairs or more, expected ${size}, its size, and at least one`,
    );
  let done = 0;
  for await (const batch of pairs.batches({ size: BATCH })) {
    try {
      const count = batch.first.shape[0];
      if (done + count > size) throw miscounted(done + count);
      checkLabels(name, 'same', batch.same, count);
      const found = fn(batch.first, batch.second);
      try {
        for (const inputs of [batch.first, batch.second])
          await checkInput(finiteRule(name), inputs);
        await checkInput(pairRule(name), batch.same);
        await checkFinite('Siamese', `results for ${name}`, found, OVERFLOW);
        values.set(await found.data(), done);
      } finally {
        found.dispose();
      }
      same.set(await batch.same.data(), done);
      done += count;
    } finally {
      batch.dispose();
    }
  }
  if (done !== size || size === 0) throw miscounted(done);
  return { values, same };
}
