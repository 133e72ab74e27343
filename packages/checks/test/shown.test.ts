import { expect, test } from 'vitest';
import { shown } from '../src/index.ts';

test('values that JSON cannot hold are shown by name, long values cut', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(
    [undefined, NaN, -Infinity, 3n, 'a', null, () => 1, Symbol('s'), circle].map(shown),
  ).toEqual([
    'missing',
    'NaN',
    '-Infinity',
    '3n',
    '"a"',
    'null',
    'a function',
    'Symbol(s)',
    'an object that JSON cannot hold',
  ]);
  expect(shown('x'.repeat(1000))).toHaveLength(81);
});
