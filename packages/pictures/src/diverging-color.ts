/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/**
 * Blue over white to red, told apart with any color vision. Source: C. Brewer, ColorBrewer, scheme
 * RdBu.
 */
const STOPS: readonly Rgb[] = [
  [5, 48, 97],
  [67, 147, 195],
  [247, 247, 247],
  [214, 96, 77],
  [103, 0, 31],
];

/**
 * The color of a value from −1, dark blue, over 0, white, to 1, dark red; clipped to that range.
 */
export function divergingColor(value: number): Rgb {
  const place = (Math.min(1, Math.max(-1, value)) + 1) * ((STOPS.length - 1) / 2);
  const below = Math.min(STOPS.length - 2, Math.floor(place));
  const low = STOPS[below]!;
  const high = STOPS[below + 1]!;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(low[channel] + (place - below) * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}
