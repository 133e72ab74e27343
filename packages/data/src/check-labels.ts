import { argumentError, checkNumber, classNumbers } from '@deepbelief/checks';

/** Checked class numbers, and the number of classes. */
export interface Labels {
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Checks the labels of `size` examples and copies them. It also accepts 64-bit labels, such as a
 * `BigInt64Array`.
 *
 * @param classes number of classes; without it, one more than the largest label
 * @throws RangeError that names `what` unless there are `size` labels, each a whole number from 0
 *   to classes - 1
 */
export function checkLabels(
  labels: ArrayLike<number | bigint>,
  size: number,
  classes: number | undefined,
  what: string,
): Labels {
  if (labels.length !== size) {
    throw argumentError(
      `${what}: there are ${labels.length} labels for ${size} examples, expected one each`,
    );
  }
  if (classes !== undefined) checkNumber(what, 'classes', classes, { low: 1, whole: true });
  const numbers = classNumbers(what, 'labels', labels, classes);
  return {
    labels: numbers,
    classes: classes ?? numbers.reduce((most, label) => Math.max(most, label), 0) + 1,
  };
}
