import { expect, test } from 'vitest';
import { oneLine } from '../src/one-line-errors.ts';

test('a message is one line whatever an argument or a file put into it, and steers no terminal', () => {
  expect(oneLine(' a\nb\u2028c\t ')).toBe('a b c');
  expect(oneLine('--threads is \u009b2J\u001b[1m\u202e1')).toBe(
    String.raw`--threads is \u009b2J\u001b[1m\u202e1`,
  );
});
