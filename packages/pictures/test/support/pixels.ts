import type { PixelSheet } from '../../src/index.ts';

/** Red, green, blue and alpha at a place. */
export function pixel({ width, data }: PixelSheet, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x + 1) * 4)];
}

/** Returns the red channel, one line per row of the sheet; `.` where the page shows through. */
export function picture(sheet: PixelSheet): string[] {
  return Array.from({ length: sheet.height }, (_, y) =>
    Array.from({ length: sheet.width }, (_column, x) => {
      const [red, , , alpha] = pixel(sheet, x, y);
      return alpha === 0 ? '.' : String(red);
    }).join(' '),
  );
}
