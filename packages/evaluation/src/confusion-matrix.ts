import { checkNumber } from '@deepbelief/checks';
import { checkPredictions } from './error-rate.ts';

/**
 * How often each class was taken for each other: entry [i][j] counts the examples of class i
 * predicted as class j. The diagonal holds the right ones.
 *
 * @param predicted class number of each example
 * @param labels the true class numbers, as many
 * @param classes number of classes
 * @throws RangeError when there is no example, the two differ in length, or a class number is not
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
