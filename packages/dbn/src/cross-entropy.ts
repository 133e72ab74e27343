import {
  customGrad,
  div,
  logSoftmax,
  mean,
  mul,
  neg,
  softmax,
  sub,
  sum,
  type GradSaveFunc,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * Averages −Σ targets · log softmax(logits) over the batch, in nats, differentiable in the logits;
 * its gradient is (softmax − targets) / batch.
 *
 * @param logits shape [batch, classes]
 * @param targets one-hot or other distributions, shape [batch, classes]
 */
export function crossEntropy(logits: Tensor2D, targets: Tensor2D): Scalar {
  return customGrad((...[, save]: (Tensor | GradSaveFunc)[]) => {
    (save as GradSaveFunc)([logits, targets]);
    return {
      value: neg<Scalar>(mean(sum(mul(targets, logSoftmax(logits)), 1))),
      gradFunc: (dy: Scalar, saved: Tensor[]) => {
        const [x, t] = saved as [Tensor2D, Tensor2D];
        return mul(dy, div(sub(softmax(x), t), x.shape[0]));
      },
    };
  })(logits);
}
