import { batchSum, type Factors } from '@deepbelief/kernels';
import {
  add,
  clone,
  concat,
  customGrad,
  keep,
  matMul,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Where `dense` stores the gradients of weights while `recordFactors` runs. */
let recorder: Map<Tensor, Factors> | undefined;

/**
 * Runs `differentiate`. In it, `dense` does not pass gradients of weights through tfjs but stores
 * them as factors xᵀ · dy, so that they can be added to a velocity without ever being formed.
 *
 * @returns the result, and the factors by their weights; they survive tidies, and the caller
 *   disposes of them
 */
export function recordFactors<T>(differentiate: () => T): {
  result: T;
  factors: Map<Tensor, Factors>;
} {
  const factors = new Map<Tensor, Factors>();
  recorder = factors;
  try {
    return { result: differentiate(), factors };
  } finally {
    recorder = undefined;
  }
}

/**
 * x W + b, differentiable in all three with its own rules, because tfjs-core alone registers no
 * gradients.
 *
 * @param inputs x, shape [batch, inputs]
 * @param weights W, shape [inputs, outputs], or [outputs, inputs] if `transposed`
 * @param isData x is data, whose gradient is not needed; saves a third of a layer's work
 */
export function dense(
  inputs: Tensor2D,
  weights: Tensor2D,
  bias: Tensor1D,
  isData: boolean,
  transposed = false,
): Tensor2D {
  const recorded = recorder;
  const parameters = recorded === undefined ? [bias, weights] : [bias];
  return customGrad((...rest: (Tensor | GradSaveFunc)[]) => {
    const save = rest.at(-1) as GradSaveFunc;
    // The weights are not saved with them, because some backends would copy them.
    save([inputs]);
    return {
      value: add<Tensor2D>(matMul(inputs, weights, false, transposed), bias),
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => {
        const x = saved[0] as Tensor2D;
        const [left, right] = transposed ? [dy, x] : [x, dy];
        const own: Tensor[] = [batchSum(dy)];
        if (recorded === undefined) own.push(matMul(left, right, true, false));
        else record(recorded, weights, { left, right });
        return isData ? own : [...own, matMul(dy, weights, false, !transposed)];
      },
    };
  })(...(isData ? parameters : [...parameters, inputs]));
}

/**
 * Weights shared by several layers get the sum of their gradients: the stacked rows of the factors.
 */
function record(recorded: Map<Tensor, Factors>, weights: Tensor, { left, right }: Factors): void {
  const before = recorded.get(weights);
  recorded.set(weights, {
    left: keep(before === undefined ? clone(left) : concat<Tensor2D>([before.left, left], 0)),
    right: keep(before === undefined ? clone(right) : concat<Tensor2D>([before.right, right], 0)),
  });
  before?.left.dispose();
  before?.right.dispose();
}
