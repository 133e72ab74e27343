import { expect, test } from 'vitest';
import { printable, shown } from '../src/index.ts';

test('characters that break a line, control a terminal or turn the writing show as numbers', () => {
  expect(printable('a\nb\r\u2028c\u001b[2J\u009b\u202e')).toBe(
    'a\\u000ab\\u000d\\u2028c\\u001b[2J\\u009b\\u202e',
  );
  expect(shown('a\n\u2028')).toBe(String.raw`"a\n\u2028"`);
});

test('letters of every script stay', () => {
  expect(printable('naïve 漢字 😀 ⇥')).toBe('naïve 漢字 😀 ⇥');
});
