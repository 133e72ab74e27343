import { encodePng } from './encode-png.ts';
import type { PixelSheet } from './pixel-sheet.ts';

/**
 * Characters that one call converts to a string: far fewer than the arguments that engines allow.
 */
const PIECE = 8192;

/**
 * Encodes the sheet as a PNG in a `data:` URI, for the `src` of an image in a self-contained page.
 */
export function pngDataUri(sheet: PixelSheet): string {
  const bytes = encodePng(sheet);
  let text = '';
  for (let i = 0; i < bytes.length; i += PIECE)
    text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return `data:image/png;base64,${btoa(text)}`;
}
