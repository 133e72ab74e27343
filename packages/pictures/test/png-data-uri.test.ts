import { expect, test } from 'vitest';
import { encodePng, pngDataUri } from '../src/index.ts';

test('the URI holds exactly the bytes of the PNG, however many', () => {
  // Noise does not compress, so this is longer than one piece.
  const data = Uint8Array.from(
    { length: 100 * 100 * 4 },
    (_, i) => (Math.imul(i, 2654435761) >>> 13) & 255,
  );
  const sheet = { width: 100, height: 100, data };
  const [head, body] = pngDataUri(sheet).split(',');
  expect(head).toBe('data:image/png;base64');
  expect(Uint8Array.from(atob(body!), (character) => character.charCodeAt(0))).toEqual(
    encodePng(sheet),
  );
});
