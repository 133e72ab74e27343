import type { UnitParameters, Units } from '@deepbelief/units';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** One layer of a feed-forward net: activation(x W + b). */
export interface ClassifierLayer {
  readonly units: Units;
  /**
   * Shape [inputs, outputs], or [outputs, inputs] if `transposed`. Layers may share them (tied
   * weights); their gradient is then the sum of the layers' gradients.
   */
  weights: Tensor2D;
  /** Shape [outputs]. */
  bias: Tensor1D;
  /** Whether it computes x Wᵀ, as a decoder does with an encoder's weights. Default false. */
  readonly transposed?: boolean;
  /** The unit type's own parameters; fine-tuning leaves them as they are. */
  readonly parameters: UnitParameters;
  /** Whether the bias stays at zero. */
  readonly zeroBias: boolean;
}

/** Number of inputs of a layer. */
export function inputsOf({
  weights,
  transposed = false,
}: Pick<ClassifierLayer, 'weights' | 'transposed'>): number {
  return weights.shape[transposed ? 1 : 0];
}
