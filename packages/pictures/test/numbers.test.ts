import { expect, test } from 'vitest';
import { count, figure, percent, plural } from '../src/index.ts';

test('counts and figures are written as in English', () => {
  expect(count(12_400)).toBe('12,400');
  expect([0.031245, 1234.56, -2].map(figure)).toEqual(['0.03125', '1,235', '-2']);
  expect([NaN, Infinity].map(figure)).toEqual(['none', 'none']);
});

test('a figure and its unit have a no-break space between them', () => {
  expect(percent(0.1234)).toBe('12%');
  expect(percent(0.1234, 1)).toBe('12.3%');
  expect(plural(1, 'unit')).toBe('1\u{A0}unit');
  expect(plural(2000, 'fantasy', 'fantasies')).toBe('2,000\u{A0}fantasies');
});
