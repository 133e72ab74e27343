import type { Factors } from '@deepbelief/kernels';
import { valueAndGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { recordFactors } from './dense.ts';

/**
 * The value of a loss and its gradients by the parameters' names: those of weight matrices as
 * factors, the others whole. All are the caller's to dispose; the factors are kept beyond tidies.
 *
 * @param loss made by `dense` and other differentiable functions of the parameters
 * @param parameters by name; those of `dense`'s weights are called `….weights`
 * @param biases of all layers, also those that stay at zero: the gradient passes through them
 */
export function parameterGradients(
  loss: () => Scalar,
  parameters: Readonly<Record<string, Tensor>>,
  biases: readonly Tensor[],
): { value: Scalar; gradients: Record<string, Tensor | Factors> } {
  const isMatrix = (name: string): boolean => name.endsWith('.weights');
  const names = Object.keys(parameters).filter((name) => !isMatrix(name));
  const differentiated = [...new Set([...names.map((name) => parameters[name]!), ...biases])];
  const { result, factors } = recordFactors(() => valueAndGrads(loss)(differentiated));
  const gradients: Record<string, Tensor | Factors> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    gradients[name] = isMatrix(name)
      ? factors.get(parameter)!
      : result.grads[differentiated.indexOf(parameter)]!;
  }
  return { value: result.value, gradients };
}
