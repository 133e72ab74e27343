import { checkFloats } from '@deepbelief/checks';
import { concat, mul, sub, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { batchMean, batchSum } from './batch-sum.ts';
import type { KernelInputs } from './kernel-inputs.ts';
import type { Factors } from './momentum-update.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `gradientFactors`.
 *
 * Inputs: `dataVisible` and `dataHidden` [batch, …], `modelVisible` and `modelHidden` [particles,
 * …]. No attributes. Outputs: left, right, visibleBias, hiddenBias.
 */
export const GRADIENT_FACTORS_KERNEL = 'DeepbeliefGradientFactors';

/** States of both layers, one row per example or particle. */
export interface Statistics {
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
}

/** The parts of the gradient of an RBM's weights and biases. */
export type GradientFactors = {
  /**
   * left [batch + particles, visible] and right [batch + particles, hidden]: the gradient of the
   * weights is leftᵀ · right.
   */
  readonly weights: Factors;
  /** Shape [visible]. */
  readonly visibleBias: Tensor1D;
  /** Shape [hidden]. */
  readonly hiddenBias: Tensor1D;
};

/** Throws a RangeError unless these are inputs of `gradientFactors`. */
export function checkGradientFactors({
  dataVisible,
  dataHidden,
  modelVisible,
  modelHidden,
}: KernelInputs): void {
  const where = 'gradientFactors';
  checkFloats(where, 'dataVisible', dataVisible, ['batch', 'visible']);
  const [batch, visible] = dataVisible.shape as [number, number];
  checkFloats(where, 'dataHidden', dataHidden, [batch, 'hidden']);
  checkFloats(where, 'modelVisible', modelVisible, ['particles', visible]);
  checkFloats(where, 'modelHidden', modelHidden, [modelVisible.shape[0]!, dataHidden.shape[1]!]);
}

/**
 * Computes the averages ⟨v hᵀ⟩, ⟨v⟩ and ⟨h⟩ under the data minus those under the model. The first
 * comes as factors: the stacked rows of both phases, the hidden ones times 1/batch and
 * −1/particles.
 *
 * @throws RangeError if the states are not float32, int32 or bool, have no rows, or do not fit
 *   together
 */
export function gradientFactors(data: Statistics, model: Statistics): GradientFactors {
  const states = {
    dataVisible: data.visible,
    dataHidden: data.hidden,
    modelVisible: model.visible,
    modelHidden: model.hidden,
  };
  return withFloats(states, (inputs) => {
    checkGradientFactors(inputs);
    const fused = runKernel(GRADIENT_FACTORS_KERNEL, inputs, {});
    if (fused !== undefined) {
      const [left, right, visibleBias, hiddenBias] = fused as [
        Tensor2D,
        Tensor2D,
        Tensor1D,
        Tensor1D,
      ];
      return { weights: { left, right }, visibleBias, hiddenBias };
    }
    return tidy(() => {
      const { dataVisible, dataHidden, modelVisible, modelHidden } = inputs;
      const left = concat<Tensor2D>([dataVisible, modelVisible], 0);
      const right = concat<Tensor2D>(
        [mul(dataHidden, 1 / dataHidden.shape[0]), mul(modelHidden, -1 / modelHidden.shape[0])],
        0,
      );
      const visibleBias = sub<Tensor1D>(batchMean(dataVisible), batchMean(modelVisible));
      return { weights: { left, right }, visibleBias, hiddenBias: batchSum(right) };
    });
  });
}
