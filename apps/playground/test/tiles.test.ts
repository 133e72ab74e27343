import { expect, test } from 'vitest';
import { pictureColors } from '../src/pictures/palette.ts';
import { crossTile, paintTiles, sheetSize } from '../src/pictures/tiles.ts';

const palette = Uint32Array.from({ length: 256 }, (_, i) => i + 1000);

test('pictures lie row by row with transparent gaps between them', () => {
  const layout = { count: 3, width: 2, height: 1, columns: 2, gap: 1 };
  expect(sheetSize(layout)).toEqual({ width: 5, height: 3 });
  const target = new Uint32Array(15);
  paintTiles(target, layout, [0, 1, 0.5, 0, 1, 1], { palette, low: 0, high: 1 });
  const [low, middle, high] = [1000, 1128, 1255];
  expect([...target]).toEqual([low, high, 0, middle, low, 0, 0, 0, 0, 0, high, high, 0, 0, 0]);
});

test('values beyond the range are clipped and those that are no numbers are painted lowest', () => {
  const target = new Uint32Array(4);
  const layout = { count: 1, width: 4, height: 1, columns: 1, gap: 1 };
  paintTiles(target, layout, [-9, 9, NaN, Infinity], { palette, low: 0, high: 1 });
  expect([...target]).toEqual([1000, 1255, 1000, 1255]);
});

test('a symmetric range puts zero in the middle, for each picture or for all', () => {
  const layout = { count: 2, width: 2, height: 1, columns: 2, gap: 0 };
  const values = [-2, 0, 4, 1];
  const each = new Uint32Array(4);
  paintTiles(each, layout, values, { palette, symmetric: 'each' });
  expect([...each]).toEqual([1000, 1128, 1255, 1000 + Math.floor(127.5 + 0.25 * 127.5 + 0.5)]);
  const all = new Uint32Array(4);
  paintTiles(all, layout, values, { palette, symmetric: 'all' });
  expect(all[0]).toBe(1000 + Math.floor(127.5 - 0.5 * 127.5 + 0.5));
  expect(all[2]).toBe(1255);
});

test('pictures of zeros alone get the color of zero', () => {
  const target = new Uint32Array(2);
  paintTiles(target, { count: 1, width: 2, height: 1, columns: 1, gap: 1 }, [0, 0], {
    palette,
    symmetric: 'each',
  });
  expect([...target]).toEqual([1128, 1128]);
});

test('a cross goes from corner to corner of its picture alone', () => {
  const layout = { count: 2, width: 3, height: 3, columns: 2, gap: 1 };
  const target = new Uint32Array(21);
  crossTile(target, layout, 1, 7);
  const rows = [0, 1, 2].map((row) => Array.from(target.subarray(row * 7, row * 7 + 7)));
  expect(rows).toEqual([
    [0, 0, 0, 0, 7, 0, 7],
    [0, 0, 0, 0, 0, 7, 0],
    [0, 0, 0, 0, 7, 0, 7],
  ]);
});

test.each([true, false])(
  'palettes are opaque and run from one end to the other, dark theme: %s',
  (isDark) => {
    const { ink, diverging } = pictureColors(isDark);
    for (const colors of [ink, diverging]) {
      expect(colors).toHaveLength(256);
      expect(colors.every((color) => color >>> 24 === 255)).toBe(true);
    }
    const brightness = (color: number): number =>
      (color & 255) + ((color >>> 8) & 255) + ((color >>> 16) & 255);
    expect(brightness(ink[0]!) < brightness(ink[255]!)).toBe(isDark);
  },
);
