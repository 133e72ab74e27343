import type { OptionRule } from './check-options.ts';
import { describeRange, fitsRange, type NumberRange } from './check-number.ts';

/** A function, such as a progress callback. */
export const aFunction: OptionRule = {
  expected: 'a function',
  accepts: (value) => typeof value === 'function',
  optional: true,
};

/** A finite number within bounds. */
export function finiteNumber(range: NumberRange = {}): OptionRule {
  return {
    expected: describeRange(range),
    accepts: (value) => fitsRange(value, range),
    optional: true,
  };
}

/** A string. */
export const aText: OptionRule = {
  expected: 'a text',
  accepts: (value) => typeof value === 'string',
  optional: true,
};

/** An array. */
export const aList: OptionRule = {
  expected: 'an array',
  accepts: Array.isArray,
  optional: true,
};

/** The same rule for a required option. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, optional: false };
}
