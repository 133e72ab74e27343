import type { Factors } from '@deepbelief/kernels';
import type { Parameter } from '@deepbelief/training';
import { valueAndGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { recordFactors } from './dense.ts';

/**
 * Computes a loss and its gradients by parameter name: those of weight matrices as factors, the
 * others whole. The caller disposes of all of them; the factors survive tidies.
 *
 * @param loss made by `dense` and other differentiable functions of the parameters
 * @param parameters of kind `weights` are those of `dense`
 * @param biases of all layers, also those that stay at zero: the gradient passes through them
 */
export function parameterGradients(
  loss: () => Scalar,
  parameters: readonly Parameter[],
  biases: readonly Tensor[],
): { value: Scalar; gradients: Record<string, Tensor | Factors> } {
  const others = parameters.filter(({ kind }) => kind !== 'weights').map(({ value }) => value);
  const differentiated = [...new Set([...others, ...biases])];
  const { result, factors } = recordFactors(() => valueAndGrads(loss)(differentiated));
  const gradients: Record<string, Tensor | Factors> = {};
  for (const { name, kind, value } of parameters) {
    gradients[name] =
      kind === 'weights' ? factors.get(value)! : result.grads[differentiated.indexOf(value)]!;
  }
  return { value: result.value, gradients };
}
