import type { Palette } from './palette.ts';
import { imageStart, sheetSize, type SheetLayout } from './sheet-layout.ts';

/** The values of a palette's first and last color. */
export type Range = readonly [low: number, high: number];

/** How values become colors. */
export interface Paint {
  /** The range of each image. */
  readonly ranges: readonly Range[];
  /** Undefined for images whose values are red, green and blue in turn. */
  readonly palette: Palette | undefined;
}

/**
 * Paints images into a sheet.
 *
 * @param pixels of the sheet, row after row
 * @param values image after image
 */
export function paintImages(
  pixels: Uint32Array,
  values: ArrayLike<number>,
  layout: SheetLayout,
  { ranges, palette }: Paint,
): void {
  const { count, width, height } = layout;
  const stride = sheetSize(layout).width;
  const bytes = new Uint8Array(pixels.buffer);
  let at = 0;
  for (let image = 0; image < count; image++) {
    const [low, high] = ranges[image]!;
    let out = imageStart(layout, image);
    for (let y = 0; y < height; y++, out += stride - width) {
      for (let x = 0; x < width; x++, out++) {
        if (palette !== undefined) {
          const place = share(values[at++]!, low, high);
          pixels[out] = palette[Math.round(place * (palette.length - 1))]!;
          continue;
        }
        for (let channel = 0; channel < 3; channel++)
          bytes[4 * out + channel] = Math.round(share(values[at++]!, low, high) * 255);
        bytes[4 * out + 3] = 255;
      }
    }
  }
}

/** Draws a cross over an image, from corner to corner. */
export function crossImage(
  pixels: Uint32Array,
  layout: SheetLayout,
  image: number,
  color: number,
): void {
  const { width, height } = layout;
  const stride = sheetSize(layout).width;
  const start = imageStart(layout, image);
  for (let y = 0; y < height; y++) {
    const x = Math.min(width - 1, Math.floor((y * width) / height));
    pixels[start + y * stride + x] = color;
    pixels[start + y * stride + width - 1 - x] = color;
  }
}

/**
 * The range of each image.
 *
 * @param range the same for all images, or taken from each image or from all together
 * @param symmetric whether a range taken from values has zero in its middle
 */
export function imageRanges(
  values: ArrayLike<number>,
  count: number,
  range: Range | 'each' | 'all',
  symmetric: boolean,
): Range[] {
  const size = values.length / count;
  const shared = range === 'all' ? rangeOf(values, 0, values.length, symmetric) : range;
  return Array.from({ length: count }, (_, image) =>
    shared === 'each' ? rangeOf(values, image * size, (image + 1) * size, symmetric) : shared,
  );
}

function rangeOf(values: ArrayLike<number>, first: number, end: number, symmetric: boolean): Range {
  let low = Infinity;
  let high = -Infinity;
  for (let i = first; i < end; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const magnitude = Math.max(-low, high);
  return symmetric ? [-magnitude, magnitude] : [low, high];
}

/** Returns the position of a value in its range, 0 to 1; the middle if the range is empty. */
function share(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
}
