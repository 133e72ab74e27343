import { checkNumber } from '@deepbelief/checks';
import { checkPredictions } from './error-rate.ts';

/**
 * Counts how often each class was taken for each other one: entry [i][j] counts the examples of
 * class i predicted as class j. The diagonal counts the right predictions.
 *
 * @param predicted class number of each example
 * @param labels the true class numbers, one per example
 * @param classes number of classes
 * @throws RangeError if there are no examples, the lists differ in length, or a class number is not
 *   one of 0 … classes − 1
 */
export function confusionMatrix(
  predicted: ArrayLike<number | bigint>,
  labels: ArrayLike<number | bigint>,
  classes: number,
): readonly (readonly number[])[] {
  checkNumber('confusionMatrix', 'classes', classes, { low: 1, whole: true });
  const { guesses, truth } = checkPredictions('confusionMatrix', predicted, labels, classes);
  const matrix = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  truth.forEach((label, i) => matrix[label]![guesses[i]!]!++);
  return matrix;
}
