import { expect, test } from 'vitest';
import { pixelSheet } from '../src/index.ts';
import { DIVERGING, gradient } from '../src/palette.ts';
import { picture, pixel } from './support/pixels.ts';

test('images are tiled row by row, the page shows through between them', () => {
  const values = [0, 1, 1, 0, /* */ 1, 1, 0, 0, /* */ 0, 0, 1, 1];
  expect(picture(pixelSheet(values, [2, 2], { columns: 2 }))).toEqual([
    '0 255 . 255 255',
    '255 0 . 0 0',
    '. . . . .',
    '0 0 . . .',
    '255 255 . . .',
  ]);
});

test('three channels are colors; two, or more than three, are side by side in gray', () => {
  // Two rows of two pixels, each with a value for the left and the right eye.
  const stereo = [0, 128, 51, 153, /* */ 102, 204, 255, 0].map((value) => value / 255);
  expect(picture(pixelSheet(stereo, [2, 2, 2]))).toEqual(['0 51 128 153', '102 255 204 0']);
  const pair = pixelSheet([...stereo, ...stereo], [2, 2, 2], { colors: 'diverging', gap: 1 });
  expect(pair).toMatchObject({ width: 9, height: 2 });
  const four = [0, 51, 102, 153, /* */ 204, 255, 0, 51].map((value) => value / 255);
  expect(picture(pixelSheet(four, [1, 2, 4]))).toEqual(['0 204 51 255 102 0 153 51']);
});

test('a sheet is near to square, and no wider than its images', () => {
  expect(pixelSheet(new Float32Array(7), [1, 1], { gap: 0 })).toMatchObject({
    width: 3,
    height: 3,
  });
  expect(pixelSheet(new Float32Array(3 * 6), [2, 3], { columns: 10, gap: 4 })).toMatchObject({
    width: 17,
    height: 2,
  });
});

test('values beyond the range are clipped', () => {
  expect(picture(pixelSheet([-3, 0, 0.5, 1, 7], [1, 5]))).toEqual(['0 0 128 255 255']);
  expect(picture(pixelSheet([-3, 0, 2, 4, 7], [1, 5], { range: [0, 4] }))).toEqual([
    '0 0 128 255 255',
  ]);
});

test('the range is that of all images or of each', () => {
  const values = [0, 2, /* */ 1, 5];
  expect(picture(pixelSheet(values, [1, 2], { range: 'all' }))).toEqual(['0 102 . 51 255']);
  expect(picture(pixelSheet(values, [1, 2], { range: 'each' }))).toEqual(['0 255 . 0 255']);
  expect(picture(pixelSheet(values, [1, 2], { range: 'each', symmetric: true }))).toEqual([
    '128 255 . 153 255',
  ]);
});

test('an image of one value is of the middle gray', () => {
  expect(picture(pixelSheet([7, 7], [1, 2], { range: 'each' }))).toEqual(['128 128']);
});

test('color images keep their colors', () => {
  const sheet = pixelSheet([1, 0, 0, /* */ 0, 0.2, 0.4], [1, 2, 3]);
  expect(pixel(sheet, 0, 0)).toEqual([255, 0, 0, 255]);
  expect(pixel(sheet, 1, 0)).toEqual([0, 51, 102, 255]);
});

test('diverging colors have white at zero and the largest magnitude at an end', () => {
  const sheet = pixelSheet([0, -4, 2], [1, 3], { colors: 'diverging' });
  expect([0, 1].map((x) => pixel(sheet, x, 0))).toEqual([
    [247, 247, 247, 255],
    [5, 48, 97, 255],
  ]);
  const [color] = new Uint32Array(sheet.data.buffer, 8, 1);
  expect(color).toBe(DIVERGING[Math.round(0.75 * (DIVERGING.length - 1))]);
});

test('a palette of one’s own goes from the lowest value to the highest', () => {
  const colors = gradient(
    [
      [10, 20, 30],
      [20, 40, 60],
    ],
    3,
  );
  const sheet = pixelSheet([0, 1, 2], [1, 3], { colors, range: 'all' });
  expect([0, 1, 2].map((x) => pixel(sheet, x, 0))).toEqual([
    [10, 20, 30, 255],
    [15, 30, 45, 255],
    [20, 40, 60, 255],
  ]);
});

test('a cross goes from corner to corner of its image alone', () => {
  const sheet = pixelSheet(new Uint8Array(18), [3, 3], {
    columns: 2,
    crossed: [1],
    crossColor: [7, 8, 9],
  });
  expect(picture(sheet)).toEqual(['0 0 0 . 7 0 7', '0 0 0 . 0 7 0', '0 0 0 . 7 0 7']);
  expect(pixel(sheet, 4, 0)).toEqual([7, 8, 9, 255]);
});

test('values that are no images and options out of range are refused', () => {
  expect(() => pixelSheet([1, 2, 3], [2, 2])).toThrow(
    'pixelSheet: there are 3 values, expected a multiple of 4: one or more images of shape [2, 2]',
  );
  expect(() => pixelSheet([], [2, 2])).toThrow('pixelSheet: values is empty');
  expect(() => pixelSheet([1, 2], [1, 1, 1, 2])).toThrow(
    'pixelSheet: shape is [1, 1, 1, 2], expected [height, width] or',
  );
  expect(() => pixelSheet([1], [1])).toThrow('pixelSheet: shape is [1]');
  expect(() => pixelSheet([NaN], [1, 1])).toThrow(
    'pixelSheet: values[0] is NaN, expected a finite number',
  );
  expect(() => pixelSheet([1], [1, 1], { columns: 0 })).toThrow(
    'pixelSheet: option columns is 0, expected a whole number of at least 1',
  );
  expect(() => pixelSheet([1], [1, 1], { gap: 0.5 })).toThrow('pixelSheet: option gap is 0.5');
  expect(() => pixelSheet([1], [1, 1], { range: [1, 0] })).toThrow(
    "pixelSheet: option range is [1,0], expected [lowest, highest], 'each' or 'all'",
  );
  expect(() => pixelSheet([1, 1, 1], [1, 1, 3], { colors: 'diverging' })).toThrow(
    'pixelSheet: colors is diverging for 3',
  );
  expect(() => pixelSheet([1, 1, 1], [1, 1, 3], { colors: new Uint32Array(2) })).toThrow(
    'pixelSheet: colors is a palette for 3',
  );
  expect(() => pixelSheet([1], [1, 1], { colors: new Uint32Array() })).toThrow(
    'pixelSheet: option colors is ',
  );
  expect(() => pixelSheet([1], [1, 1], { crossed: [1] })).toThrow(
    'pixelSheet: crossed holds 1, expected numbers of images, 0 to 0',
  );
  expect(() => pixelSheet([1], [1, 1], { crossed: [0.5] })).toThrow('option crossed is [0.5]');
  expect(() => pixelSheet([1], [1, 1], { crossColor: [0, 0, 256] })).toThrow(
    'option crossColor is [0,0,256], expected [red, green, blue]',
  );
});
