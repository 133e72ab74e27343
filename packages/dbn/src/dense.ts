import {
  add,
  customGrad,
  matMul,
  sum,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * x W + b, differentiable in all three by rules of its own: tfjs-core alone registers no gradients.
 *
 * @param inputs x, shape [batch, inputs]
 * @param isData x is data, whose gradient nobody asks for: saves a third of the work of a layer
 */
export function dense(inputs: Tensor2D, weights: Tensor2D, bias: Tensor1D, isData: boolean): Tensor2D {
  const differentiated = isData ? [weights, bias] : [weights, bias, inputs];
  return customGrad((...rest: (Tensor | GradSaveFunc)[]) => {
    const save = rest.at(-1) as GradSaveFunc;
    save([inputs, weights]);
    return {
      value: add<Tensor2D>(matMul(inputs, weights), bias),
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => {
        const [x, w] = saved as [Tensor2D, Tensor2D];
        const own = [matMul(x, dy, true, false), sum(dy, 0)];
        return isData ? own : [...own, matMul(dy, w, false, true)];
      },
    };
  })(...differentiated);
}
