import { argumentError } from './argument-error.ts';
import { describeRange, fitsRange, type NumberRange } from './check-number.ts';
import { shown } from './shown.ts';

/**
 * Checks a list of numbers: an array or typed array with at least one entry, each finite and within
 * bounds.
 *
 * @param where the function that takes the list, for errors
 * @param what the argument, for errors
 * @throws RangeError (`where: what[3] is NaN, expected a finite number`) unless it fits
 */
export function checkList(
  where: string,
  what: string,
  values: ArrayLike<number>,
  range: NumberRange,
): void {
  checkFilled(where, what, values);
  for (let i = 0; i < values.length; i++) {
    if (fitsRange(values[i], range)) continue;
    throw argumentError(
      `${where}: ${what}[${i}] is ${shown(values[i])}, expected ${describeRange(range)}`,
    );
  }
}

/**
 * Checks that two lists have the same length.
 *
 * @throws RangeError that names both lists and their lengths
 */
export function checkSameLength(
  where: string,
  what: string,
  values: ArrayLike<unknown>,
  whatElse: string,
  others: ArrayLike<unknown>,
): void {
  checkFilled(where, what, values);
  checkFilled(where, whatElse, others);
  if (values.length === others.length) return;
  throw argumentError(
    `${where}: ${what} has ${values.length} values and ${whatElse} ${others.length}, ` +
      'expected the same number',
  );
}

/**
 * Converts yes-or-no answers to 1 and 0.
 *
 * @throws RangeError unless each is 0, 1, false or true, and there is at least one
 */
export function zerosAndOnes(
  where: string,
  what: string,
  values: ArrayLike<number | boolean>,
): Uint8Array {
  checkFilled(where, what, values);
  return Uint8Array.from({ length: values.length }, (_, i) => {
    const value = values[i]!;
    if (value === 0 || value === 1 || value === false || value === true) return Number(value);
    throw argumentError(
      `${where}: ${what}[${i}] is ${shown(value)}, expected 0 or 1, false or true`,
    );
  });
}

/**
 * Converts class numbers to int32. It also accepts 64-bit labels, such as a `BigInt64Array`.
 *
 * @param classes number of classes; undefined if any whole number from 0 is right
 * @throws RangeError unless each is a whole number from 0 to classes − 1, and there is at least one
 */
export function classNumbers(
  where: string,
  what: string,
  values: ArrayLike<number | bigint>,
  classes: number | undefined,
): Int32Array {
  checkFilled(where, what, values);
  const last = (classes ?? 2 ** 31) - 1;
  return Int32Array.from({ length: values.length }, (_, i) => {
    const value = values[i]!;
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (Number.isInteger(number) && number >= 0 && number <= last) return number;
    throw argumentError(
      `${where}: ${what}[${i}] is ${shown(value)}, expected a whole number from 0 to ${last}`,
    );
  });
}

/** Throws a RangeError unless the value is an array or typed array with at least one entry. */
function checkFilled(where: string, what: string, values: ArrayLike<unknown>): void {
  // Plain JavaScript may pass a string, whose characters would be taken, or a tensor, which has no
  // entries.
  if (typeof values !== 'object' || values === null || !Number.isInteger(values.length)) {
    throw argumentError(`${where}: ${what} is ${shown(values)}, expected an array or typed array`);
  }
  if (values.length === 0)
    throw argumentError(`${where}: ${what} is empty, expected at least one value`);
}
