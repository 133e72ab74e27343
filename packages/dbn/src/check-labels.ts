import { type InputRule, labelRule } from '@deepbelief/training';
import { argumentError, checkTensor } from '@deepbelief/checks';
import type { Tensor1D } from '@tensorflow/tfjs-core';

/** The rule for a classifier's labels. */
export function classRule(where: string, classes: number): InputRule {
  return labelRule(where, classes, 'the classifier');
}

/** The rule for labels of pairs. */
export function pairRule(where: string): InputRule {
  return {
    ...labelRule(where, 2, 'pairs'),
    expected: '1 for a pair that shows the same, or 0',
    remedy: 'make it one of the two',
  };
}

/**
 * Throws a RangeError unless labels are a vector of numbers, one per example. An `InputRule` checks
 * their values.
 *
 * @param where the function, for errors
 * @param what the argument, for errors
 */
export function checkLabels(where: string, what: string, labels: Tensor1D, examples: number): void {
  checkTensor(where, what, labels);
  const { shape, dtype } = labels;
  if (shape.length !== 1 || shape[0] !== examples) {
    throw argumentError(
      `${where}: ${what} has shape [${shape.join(', ')}], expected [${examples}], one per example`,
    );
  }
  if (!['int32', 'bool', 'float32'].includes(dtype)) {
    throw argumentError(`${where}: ${what} is ${dtype}, expected int32, bool or float32`);
  }
}
