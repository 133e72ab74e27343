import { expect, test } from 'vitest';
import { printable, shown } from '../src/index.ts';

test('what breaks a line, steers a terminal or turns the writing is shown by its number', () => {
  expect(printable('a\nb\r\u2028c\u001b[2J\u009b\u202e')).toBe(
    'a\\u000ab\\u000d\\u2028c\\u001b[2J\\u009b\\u202e',
  );
  expect(shown('a\n\u2028')).toBe(String.raw`"a\n\u2028"`);
});

test('letters of any script stay', () => {
  expect(printable('naïve 漢字 😀 ⇥')).toBe('naïve 漢字 😀 ⇥');
});
