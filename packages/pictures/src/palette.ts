/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Colors from the lowest value to the highest. Each is an opaque pixel of `ImageData` read as a
 * 32-bit word.
 */
export type Palette = Uint32Array;

/** Gray has exactly the 256 values of a byte, so that images made of bytes keep them. */
const GRAYS = 256;

/** An odd number has a middle, which is the color of zero. */
const DIVERGING_COLORS = 511;

/**
 * Makes a palette that runs evenly through some colors.
 *
 * @param stops two colors or more, the lowest value's first
 * @param size how many colors the palette has
 */
export function gradient(stops: readonly Rgb[], size: number = GRAYS): Palette {
  const bytes = new Uint8Array(4 * size);
  for (let i = 0; i < size; i++) {
    const place = (i / (size - 1)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const [low, high] = [stops[below]!, stops[below + 1]!];
    for (const channel of [0, 1, 2] as const) {
      const step = high[channel] - low[channel];
      bytes[4 * i + channel] = Math.round(low[channel] + (place - below) * step);
    }
    bytes[4 * i + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

/** Returns a color as a palette stores it. */
export function opaque(color: Rgb): number {
  return new Uint32Array(Uint8Array.of(...color, 255).buffer)[0]!;
}

/** Colors for pictures on a page of one theme. */
export interface PictureColors {
  /** From paper at 0 to ink at 1. */
  readonly ink: Palette;
  /** From negative through zero to positive; distinct with any color vision. */
  readonly diverging: Palette;
  /** For the cross over a picture. */
  readonly cross: Rgb;
}

/** From black to white. */
export const GRAY: Palette = gradient([
  [0, 0, 0],
  [255, 255, 255],
]);

/** From blue through white at zero to red. Source: C. Brewer, ColorBrewer, scheme RdBu. */
export const DIVERGING: Palette = gradient(
  [
    [5, 48, 97],
    [67, 147, 195],
    [247, 247, 247],
    [214, 96, 77],
    [103, 0, 31],
  ],
  DIVERGING_COLORS,
);

const light: PictureColors = {
  ink: gradient([
    [255, 255, 255],
    [17, 20, 26],
  ]),
  diverging: DIVERGING,
  cross: [110, 116, 128],
};

/** White on black, and the same hues with zero near the page's own darkness. */
const dark: PictureColors = {
  ink: gradient([
    [9, 11, 14],
    [246, 247, 249],
  ]),
  diverging: gradient(
    [
      [168, 212, 255],
      [48, 122, 190],
      [24, 27, 33],
      [196, 88, 58],
      [255, 202, 168],
    ],
    DIVERGING_COLORS,
  ),
  cross: [150, 156, 168],
};

/** Returns colors for pictures on a light or a dark page. */
export function pictureColors(isDark: boolean): PictureColors {
  return isDark ? dark : light;
}
