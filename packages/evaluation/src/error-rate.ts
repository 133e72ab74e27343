import { checkSameLength, classNumbers } from '@deepbelief/checks';

/**
 * Returns the share of examples whose predicted class is not their label, 0 to 1.
 *
 * @param predicted class number of each example, whole numbers from 0
 * @param labels the true class numbers, one per example
 * @throws RangeError if there are no examples, the lists differ in length, or an entry is not a
 *   class number
 */
export function errorRate(
  predicted: ArrayLike<number | bigint>,
  labels: ArrayLike<number | bigint>,
): number {
  const { guesses, truth } = checkPredictions('errorRate', predicted, labels, undefined);
  let errors = 0;
  for (let i = 0; i < truth.length; i++) if (guesses[i] !== truth[i]) errors++;
  return errors / truth.length;
}

/**
 * Returns predictions and labels as int32.
 *
 * @param where the function, for errors
 * @param classes number of classes, undefined if any number is right
 * @throws RangeError unless there is one prediction per label, at least one, and each entry is a
 *   class number
 */
export function checkPredictions(
  where: string,
  predicted: ArrayLike<number | bigint>,
  labels: ArrayLike<number | bigint>,
  classes: number | undefined,
): { readonly guesses: Int32Array; readonly truth: Int32Array } {
  checkSameLength(where, 'predicted', predicted, 'labels', labels);
  return {
    guesses: classNumbers(where, 'predicted', predicted, classes),
    truth: classNumbers(where, 'labels', labels, classes),
  };
}
