import { checkFloats, checkNumber } from '@deepbelief/checks';
import {
  customGrad,
  div,
  mean,
  mul,
  sigmoid,
  softplus,
  sub,
  type GradSaveFunc,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/**
 * Averages over pairs −[y log σ(z) + (1 − y) log(1 − σ(z))] = softplus(z) − y z, in nats,
 * differentiable in z: its gradient is (σ(z) − y) / pairs.
 *
 * @param logits z, shape [pairs]
 * @param same y, float32 of shape [pairs]: 1 if both show the same, else 0
 * @throws RangeError if either has another dtype or shape, or there are no pairs
 */
export function pairCrossEntropy(logits: Tensor1D, same: Tensor1D): Scalar {
  checkFloats('pairCrossEntropy', 'logits', logits, [logits.size]);
  checkFloats('pairCrossEntropy', 'same', same, [logits.size]);
  checkNumber('pairCrossEntropy', 'the number of pairs', logits.size, { low: 1 });
  return customGrad((...[, save]: (Tensor | GradSaveFunc)[]) => {
    (save as GradSaveFunc)([logits, same]);
    return {
      value: mean<Scalar>(sub(softplus(logits), mul(same, logits))),
      gradFunc: (dy: Scalar, saved: Tensor[]) => {
        const [z, y] = saved as [Tensor1D, Tensor1D];
        return mul(dy, div(sub(sigmoid(z), y), z.shape[0]));
      },
    };
  })(logits);
}
