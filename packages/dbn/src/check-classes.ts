import { checkNumber } from '@deepbelief/checks';

/** Throws a RangeError unless this is a number of classes: 2 or more. */
export function checkClasses(where: string, classes: number): void {
  checkNumber(where, 'classes', classes, { low: 2, whole: true });
}
