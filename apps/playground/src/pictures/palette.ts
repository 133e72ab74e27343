/**
 * 256 colors from the lowest value to the highest, each a pixel of `ImageData` seen as a
 * little-endian 32-bit word.
 */
export type Palette = Uint32Array<ArrayBuffer>;

type Rgb = readonly [red: number, green: number, blue: number];

function gradient(stops: readonly Rgb[]): Palette {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const place = (i / 255) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const [low, high] = [stops[below]!, stops[below + 1]!];
    const mix = (channel: 0 | 1 | 2): number =>
      Math.round(low[channel] + (place - below) * (high[channel] - low[channel]));
    return pixel(mix(0), mix(1), mix(2));
  });
}

/** An opaque pixel. */
function pixel(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** What pictures are painted with in a theme. */
export interface PictureColors {
  /** Ink on paper: 0 is paper, 1 is ink. */
  readonly ink: Palette;
  /** Negative over zero to positive; told apart with any color vision. */
  readonly diverging: Palette;
  /** The cross over a dead unit. */
  readonly mark: number;
}

/** Light: black on white; blue, white at zero, red (C. Brewer, ColorBrewer, scheme RdBu). */
const light: PictureColors = {
  ink: gradient([
    [255, 255, 255],
    [17, 20, 26],
  ]),
  diverging: gradient([
    [5, 48, 97],
    [67, 147, 195],
    [247, 247, 247],
    [214, 96, 77],
    [103, 0, 31],
  ]),
  mark: pixel(110, 116, 128),
};

/** Dark: white on black; the same hues, with zero near the page's own darkness. */
const dark: PictureColors = {
  ink: gradient([
    [9, 11, 14],
    [246, 247, 249],
  ]),
  diverging: gradient([
    [168, 212, 255],
    [48, 122, 190],
    [24, 27, 33],
    [196, 88, 58],
    [255, 202, 168],
  ]),
  mark: pixel(150, 156, 168),
};

/** The colors of the light or the dark theme. */
export function pictureColors(isDark: boolean): PictureColors {
  return isDark ? dark : light;
}
