import { checkPredictions } from './error-rate.ts';

/**
 * How often each class was taken for each other: entry [i][j] counts the examples of class i predicted as class j. The
 * diagonal holds the right ones.
 *
 * @param predicted class number of each example
 * @param labels the true class numbers, as many
 * @param classes number of classes
 * @throws RangeError when there is no example, the two differ in length, or a class number is not one of 0 … classes − 1
 */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): readonly (readonly number[])[] {
  checkPredictions('confusionMatrix', predicted, labels);
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(`confusionMatrix: classes is ${classes}, expected a whole number, 1 or more`);
  }
  const matrix = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let i = 0; i < labels.length; i++) {
    const label = classNumber('label', labels[i]!, i, classes);
    const guess = classNumber('prediction', predicted[i]!, i, classes);
    matrix[label]![guess]! += 1;
  }
  return matrix;
}

function classNumber(what: string, value: number, example: number, classes: number): number {
  if (Number.isInteger(value) && value >= 0 && value < classes) return value;
  throw new RangeError(
    `confusionMatrix: the ${what} of example ${example} is ${value}, expected a class number, 0 to ${classes - 1}`,
  );
}
