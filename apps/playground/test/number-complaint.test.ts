import { expect, test } from 'vitest';
import { numberComplaint } from '../src/controls/number-complaint.ts';

test('what a field takes is a number of its range, whole where its step is', () => {
  expect(numberComplaint('0.05', 0, 1, 'any')).toBeUndefined();
  expect(numberComplaint('1e-3', 0, 1, 0.001)).toBeUndefined();
  expect(numberComplaint('100', 1, 2000, 1)).toBeUndefined();
});

test('what it does not take gets a sentence with the value and what was expected', () => {
  expect(numberComplaint('', 0, 1, 'any')).toBe('expected a number from 0 to 1');
  expect(numberComplaint('abc', 0, 1, 'any')).toBe('expected a number from 0 to 1');
  expect(numberComplaint('3', 0, 1, 'any')).toBe('3 is out of range, expected 0 to 1');
  expect(numberComplaint('2.5', 1, 9, 1)).toBe(
    '2.5 is not whole, expected a whole number from 1 to 9',
  );
});
