import { expect, test } from 'vitest';
import { argumentError, isArgumentError } from '../src/argument-error.ts';
import { checkNumber } from '../src/check-number.ts';

test('an argument error is a RangeError with a mark that nobody sees', () => {
  const cause = new Error('why');
  const error = argumentError('f: x is 1, expected 2', { cause });
  expect(error).toEqual(new RangeError('f: x is 1, expected 2', { cause }));
  expect(Object.keys(error)).toEqual([]);
  expect(error.stack).toMatch(
    /^RangeError: f: x is 1, expected 2\n\s+at [^\n]*argument-error\.test/,
  );
  expect(isArgumentError(error)).toBe(true);
});

test('errors of the engine are no argument errors, those of the checks are', () => {
  const thrownBy = (fn: () => void): unknown => {
    try {
      fn();
    } catch (error) {
      return error;
    }
    throw new Error('it threw nothing');
  };
  expect(isArgumentError(thrownBy(() => checkNumber('f', 'x', NaN, {})))).toBe(true);
  expect(isArgumentError(thrownBy(() => void new Uint8Array(-1)))).toBe(false);
  for (const other of [new RangeError('x'), new TypeError('x'), 'x', null, undefined])
    expect(isArgumentError(other)).toBe(false);
});
