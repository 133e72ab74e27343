import { decode } from 'fast-png';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePng } from '../src/index.ts';

test('decoding gives back every pixel', () => {
  const size = fc.integer({ min: 1, max: 12 });
  const sheets = fc
    .tuple(size, size)
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
        .map((data) => ({ width, height, data })),
    );
  fc.assert(
    fc.property(sheets, (sheet) => {
      const decoded = decode(encodePng(sheet), { checkCrc: true });
      expect(decoded).toMatchObject({
        width: sheet.width,
        height: sheet.height,
        depth: 8,
        channels: 4,
      });
      expect([...decoded.data]).toEqual([...sheet.data]);
    }),
  );
});
