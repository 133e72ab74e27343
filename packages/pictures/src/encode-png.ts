import { encode } from 'fast-png';
import type { PixelSheet } from './pixel-sheet.ts';

/** Encodes a sheet as a PNG file, RGBA with 8 bits per channel, with exactly the sheet's pixels. */
export function encodePng({ width, height, data }: PixelSheet): Uint8Array {
  return encode({ width, height, data, depth: 8, channels: 4 });
}
