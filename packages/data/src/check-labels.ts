import { checkNumber, classNumbers } from '@deepbelief/checks';

/** Class numbers that were checked, and of how many classes they are. */
export interface Labels {
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Checks the labels of `size` examples and copies them; 64-bit ones, such as a `BigInt64Array`, are
 * taken too.
 *
 * @param classes number of classes; without it, one more than the largest label
 * @throws RangeError, naming `what`, when their count is not `size` or one is not a whole number
 *   from 0 to classes - 1
 */
export function checkLabels(
  labels: ArrayLike<number | bigint>,
  size: number,
  classes: number | undefined,
  what: string,
): Labels {
  if (labels.length !== size) {
    throw new RangeError(
      `${what}: there are ${labels.length} labels and ${size} examples, expected one label each`,
    );
  }
  if (classes !== undefined) checkNumber(what, 'classes', classes, { low: 1, whole: true });
  const numbers = classNumbers(what, 'labels', labels, classes);
  return {
    labels: numbers,
    classes: classes ?? numbers.reduce((most, label) => Math.max(most, label), 0) + 1,
  };
}
