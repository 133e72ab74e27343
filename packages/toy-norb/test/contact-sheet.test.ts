import { expect, test } from 'vitest';
import { contactSheet } from '../src/contact-sheet.ts';

test('every toy is on the sheet twice, and no two pictures are alike', () => {
  const { side, columns, values } = contactSheet(24);
  expect([side, columns, values.length]).toEqual([24, 10, 100 * 24 * 24]);
  const pictures = Array.from({ length: 100 }, (_, i) =>
    values.slice(i * 576, (i + 1) * 576).join(),
  );
  expect(new Set(pictures).size).toBe(100);
});

test('a side out of range is refused', () => {
  expect(() => contactSheet(4)).toThrow(
    'contactSheet: side is 4, expected a whole number from 8 to 1024',
  );
});
