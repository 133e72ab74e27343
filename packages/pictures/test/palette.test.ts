import { expect, test } from 'vitest';
import { DIVERGING, gradient, GRAY, pictureColors, type Palette } from '../src/palette.ts';

/** Red, green, blue and alpha of a palette's color. */
function rgba(palette: Palette, index: number): number[] {
  return [...new Uint8Array(palette.buffer, 4 * index, 4)];
}

function luminance(palette: Palette, index: number): number {
  const [red, green, blue] = rgba(palette, index) as [number, number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('a gradient runs evenly from its first color to its last', () => {
  const palette = gradient(
    [
      [0, 10, 20],
      [100, 10, 0],
    ],
    5,
  );
  expect([0, 1, 2, 3, 4].map((i) => rgba(palette, i))).toEqual([
    [0, 10, 20, 255],
    [25, 10, 15, 255],
    [50, 10, 10, 255],
    [75, 10, 5, 255],
    [100, 10, 0, 255],
  ]);
});

test('every gray of a byte is in the palette', () => {
  for (let i = 0; i < 256; i++) expect(rgba(GRAY, i)).toEqual([i, i, i, 255]);
});

test('diverging colors run from blue through white to red', () => {
  const last = DIVERGING.length - 1;
  expect(rgba(DIVERGING, 0)).toEqual([5, 48, 97, 255]);
  expect(rgba(DIVERGING, last / 2)).toEqual([247, 247, 247, 255]);
  expect(rgba(DIVERGING, last)).toEqual([103, 0, 31, 255]);
});

test('the larger the magnitude the darker, on both sides of zero', () => {
  const middle = (DIVERGING.length - 1) / 2;
  for (let i = 0; i < middle; i += 5) {
    expect(luminance(DIVERGING, middle + i + 5)).toBeLessThan(luminance(DIVERGING, middle + i));
    expect(luminance(DIVERGING, middle - i - 5)).toBeLessThan(luminance(DIVERGING, middle - i));
  }
});

test.each([true, false])('ink stands out from paper and colors are opaque, dark: %s', (isDark) => {
  const { ink, diverging } = pictureColors(isDark);
  for (const palette of [ink, diverging]) {
    for (let i = 0; i < palette.length; i++) expect(rgba(palette, i)[3]).toBe(255);
  }
  const change = luminance(ink, ink.length - 1) - luminance(ink, 0);
  expect(Math.abs(change)).toBeGreaterThan(200);
  expect(change > 0).toBe(isDark);
});
