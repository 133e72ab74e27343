import { expect, test } from 'vitest';
import { divergingColor } from '../src/diverging-color.ts';

test('it runs from blue over white to red and stays there', () => {
  expect(divergingColor(-1)).toEqual([5, 48, 97]);
  expect(divergingColor(0)).toEqual([247, 247, 247]);
  expect(divergingColor(1)).toEqual([103, 0, 31]);
  expect(divergingColor(-9)).toEqual(divergingColor(-1));
  expect(divergingColor(9)).toEqual(divergingColor(1));
});

test('the larger the magnitude the darker, on both sides', () => {
  const luminance = (value: number): number => {
    const [red, green, blue] = divergingColor(value);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  for (let i = 0; i < 50; i++) {
    expect(luminance((i + 1) / 50)).toBeLessThan(luminance(i / 50));
    expect(luminance(-(i + 1) / 50)).toBeLessThan(luminance(-i / 50));
  }
});
