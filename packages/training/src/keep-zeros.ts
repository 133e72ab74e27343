import { checkTensor } from '@deepbelief/checks';
import { abs, mul, step, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** 1 where a weight is not zero, and 0 where it is: see `keepZeros` of the training options. */
export function nonZeros<T extends Tensor>(weights: T): T {
  checkTensor('nonZeros', 'weights', weights);
  return tidy(() => step<T>(abs<T>(weights)));
}

/** New weights, zero where `kept` (`nonZeros` of the weights before a step) is. */
export function withZeros<T extends Tensor>(weights: T, kept: T): T {
  checkTensor('withZeros', 'weights', weights);
  checkTensor('withZeros', 'kept', kept);
  return mul<T>(weights, kept);
}
