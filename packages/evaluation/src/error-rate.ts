/**
 * The share of examples whose predicted class is not their label, 0 to 1.
 *
 * @param predicted class number of each example, whole numbers from 0
 * @param labels the true class numbers, as many
 * @throws RangeError when there is no example or the two differ in length
 */
export function errorRate(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkPredictions('errorRate', predicted, labels);
  let errors = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] !== labels[i]) errors++;
  return errors / labels.length;
}

/** Throws a RangeError that begins with `where` unless there are as many predictions as labels, one or more. */
export function checkPredictions(where: string, predicted: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (labels.length === 0) throw new RangeError(`${where}: labels is empty, expected at least one example`);
  if (predicted.length !== labels.length) {
    throw new RangeError(
      `${where}: there are ${predicted.length} predictions and ${labels.length} labels, expected as many: one an example`,
    );
  }
}
