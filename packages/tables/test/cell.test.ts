import { assert, constantFrom, double, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { cellReader, GAPS, textNumber } from '../src/cell.ts';

test('the number of a text is the nearest one, as the engine reads it', () => {
  const digits = string({
    unit: constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'),
    minLength: 1,
    maxLength: 18,
  });
  const numbers = oneof(digits, double({ noNaN: true, noDefaultInfinity: true }).map(String));
  assert(
    property(numbers, constantFrom('', '-', '+'), (text, sign) => {
      const signed = text.startsWith('-') ? text : `${sign}${text}`;
      expect(textNumber(signed, false)).toBe(Number(signed));
      expect(textNumber(signed.replace('.', ','), true)).toBe(Number(signed));
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test.for(['', '-', '.', '+.', '1.2.3', '1-2', '0x10', '1e', ' 1', '٣', 'Infinit', '1,5'])(
  'the text "%s" is no number',
  (text) => {
    expect(textNumber(text, false)).toBeNaN();
  },
);

test('gaps are told from other texts, with blanks around them or not', () => {
  const reader = cellReader({ gaps: new Set([...GAPS, '-999', 'ß']), decimalComma: false });
  for (const gap of ['', ' ', 'NA', ' NA\t', '?', '-999', 'ß', '\u00a0', null, NaN])
    expect(reader.text(gap)).toBeUndefined();
  for (const [cell, expected] of [
    ['Na', 'Na'],
    ['N', 'N'],
    [' -99 ', '-99'],
    ['ßa', 'ßa'],
    [0, '0'],
    [false, 'false'],
  ] as const)
    expect(reader.text(cell)).toBe(expected);
});
