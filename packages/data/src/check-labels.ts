/** Class numbers that were checked, and of how many classes they are. */
export interface Labels {
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Checks the labels of `size` examples and copies them.
 *
 * @param classes number of classes; without it, one more than the largest label
 * @throws RangeError, naming `what`, when their count is not `size` or one is not a whole number from 0 to classes - 1
 */
export function checkLabels(
  labels: ArrayLike<number>,
  size: number,
  classes: number | undefined,
  what: string,
): Labels {
  if (labels.length !== size) {
    throw new RangeError(`${what}: there are ${labels.length} labels and ${size} examples, expected one label each`);
  }
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes >= 1)) {
    throw new RangeError(`${what}: classes is ${classes}, expected a whole number, 1 or more`);
  }
  const limit = classes ?? 2 ** 31 - 1;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= limit) {
      throw new RangeError(`${what}: label ${i} is ${label}, expected a whole number from 0 to ${limit - 1}`);
    }
    largest = Math.max(largest, label);
  }
  return { labels: Int32Array.from(labels), classes: classes ?? largest + 1 };
}
