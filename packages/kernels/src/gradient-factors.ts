import { concat, mul, sub, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { batchMean, batchSum } from './batch-sum.ts';
import type { Factors } from './momentum-update.ts';
import { runKernel } from './run-kernel.ts';

/**
 * Name of the kernel that computes `gradientFactors`.
 *
 * Inputs: `dataVisible` and `dataHidden` [batch, …], `modelVisible` and `modelHidden` [particles, …]. No attributes.
 * Outputs: left, right, visibleBias, hiddenBias.
 */
export const GRADIENT_FACTORS_KERNEL = 'DeepbeliefGradientFactors';

/** States of both layers, one row an example or a particle. */
export interface Statistics {
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
}

/** What the gradient of an RBM's weights and biases is made of. */
export type GradientFactors = {
  /** left [batch + particles, visible] and right [batch + particles, hidden]: the gradient of the weights is leftᵀ · right. */
  readonly weights: Factors;
  /** Shape [visible]. */
  readonly visibleBias: Tensor1D;
  /** Shape [hidden]. */
  readonly hiddenBias: Tensor1D;
};

/**
 * The averages ⟨v hᵀ⟩, ⟨v⟩ and ⟨h⟩ under the data less those under the model; the first as factors: the rows of both
 * phases under each other, the hidden ones times 1/batch and −1/particles.
 */
export function gradientFactors(data: Statistics, model: Statistics): GradientFactors {
  const inputs = {
    dataVisible: data.visible,
    dataHidden: data.hidden,
    modelVisible: model.visible,
    modelHidden: model.hidden,
  };
  const fused = runKernel(GRADIENT_FACTORS_KERNEL, inputs, {});
  if (fused !== undefined) {
    const [left, right, visibleBias, hiddenBias] = fused as [Tensor2D, Tensor2D, Tensor1D, Tensor1D];
    return { weights: { left, right }, visibleBias, hiddenBias };
  }
  return tidy(() => {
    const left = concat<Tensor2D>([data.visible, model.visible], 0);
    const right = concat<Tensor2D>(
      [mul(data.hidden, 1 / data.hidden.shape[0]), mul(model.hidden, -1 / model.hidden.shape[0])],
      0,
    );
    const visibleBias = sub<Tensor1D>(batchMean(data.visible), batchMean(model.visible));
    return { weights: { left, right }, visibleBias, hiddenBias: batchSum(right) };
  });
}
