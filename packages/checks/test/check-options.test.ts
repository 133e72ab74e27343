import { expect, test } from 'vitest';
import {
  checkOptionNames,
  checkOptions,
  flag,
  oneOf,
  positiveNumber,
  wholeNumber,
} from '../src/index.ts';

const rules = {
  rate: positiveNumber,
  mean: flag,
  copies: wholeNumber(1, 8, false),
  order: oneOf(['fixed', 'random']),
};

test.each<[object, string]>([
  [{ copies: 1, rates: 2 }, 'fit: unknown option rates, expected only rate, mean, copies, order'],
  [{}, 'fit: option copies is missing, expected a whole number from 1 to 8'],
  [{ copies: 9 }, 'fit: option copies is 9, expected a whole number from 1 to 8'],
  [{ copies: 1, rate: NaN }, 'fit: option rate is NaN, expected a finite number above 0'],
  [{ copies: 1, mean: 'yes' }, 'fit: option mean is "yes", expected true or false'],
  [{ copies: 1, order: 'CD' }, 'fit: option order is "CD", expected one of fixed, random'],
])('%j is refused', (options, message) => {
  expect(() => checkOptions('fit', options, rules)).toThrow(new RangeError(message));
});

test('an undefined option counts as omitted, known or not', () => {
  expect(() =>
    checkOptions('fit', { copies: 1, rate: undefined, more: undefined }, rules),
  ).not.toThrow();
});

test.each<[unknown, string]>([
  [null, 'fit: the options are null, expected an object'],
  ['fast', 'fit: the options are "fast", expected an object'],
  [[1], 'fit: the options are [1], expected an object'],
  [{ constructor: 1 }, 'fit: unknown option constructor, expected no options'],
])('%j is not a set of options', (options, message) => {
  expect(() => checkOptionNames('fit', options as object, [])).toThrow(new RangeError(message));
});

test('a name that would break the line or fill a page is escaped and cut', () => {
  const check = (name: string) => () => checkOptionNames('f', { [name]: 1 }, ['rate']);
  expect(check('a\nb')).toThrow(String.raw`f: unknown option a\u000ab, expected only rate`);
  expect(check('x'.repeat(5000))).toThrow(/^.{1,200}$/);
});
