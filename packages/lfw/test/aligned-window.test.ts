import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignedWindow, EYES_IN_WINDOW } from '../src/aligned-window.ts';
import { pixels } from './files.ts';

const { fromSide, fromTop } = EYES_IN_WINDOW;

test('for a linear picture, the window is the turned, scaled and moved plane', () => {
  // Inside, interpolation and averages are exact for linear values: what is left is the geometry.
  const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      (dx, dy, angle) => {
        const shape = [120, 140, 1] as const;
        const picture = {
          pixels: pixels(shape, (x, y) => x + y / 2),
          width: 140,
          height: 120,
          channels: 1 as const,
        };
        const [cx, cy] = [70 + dx, 60 + dy];
        const half = 10;
        const eyes = {
          left: [cx - half * Math.cos(angle), cy - half * Math.sin(angle)],
          right: [cx + half * Math.cos(angle), cy + half * Math.sin(angle)],
        } as const;
        const found = alignedWindow(picture, eyes, [7, 7]);
        const side = (2 * half) / (1 - 2 * fromSide);
        for (let k = 0; k < 49; k++) {
          // The middle of the pixel in the window, seen from between the eyes.
          const u = ((k % 7) + 0.5) / 7 - 0.5;
          const v = (Math.floor(k / 7) + 0.5) / 7 - fromTop;
          const x = cx + side * (u * Math.cos(angle) - v * Math.sin(angle));
          const y = cy + side * (u * Math.sin(angle) + v * Math.cos(angle));
          // y / 2 is rounded down to bytes: by 0 or 0.5.
          expect(Math.abs(found[k]! - (x + y / 2 - 0.25))).toBeLessThan(0.26);
        }
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

test('eyes land in their fixed place, in every channel, whatever their distance and angle', () => {
  for (const [left, right] of [
    [
      [40, 50],
      [80, 50],
    ],
    [
      [60, 40],
      [90, 70],
    ],
    [
      [50, 70],
      [66, 62],
    ],
  ] as const) {
    const spot = ([ex, ey]: readonly [number, number], x: number, y: number): number =>
      200 * Math.exp(-((x - ex) ** 2 + (y - ey) ** 2) / 8);
    const shape = [128, 128, 3] as const;
    const bytes = pixels(shape, (x, y, c) => [spot(left, x, y), spot(right, x, y), 0][c]!);
    const found = alignedWindow(
      { pixels: bytes, width: 128, height: 128, channels: 3 },
      { left, right },
      [50, 50],
    );
    const brightest = (channel: number): number[] => {
      let best = 0;
      for (let k = 0; k < 2500; k++)
        if (found[3 * k + channel]! > found[3 * best + channel]!) best = k;
      return [((best % 50) + 0.5) / 50, (Math.floor(best / 50) + 0.5) / 50];
    };
    for (const [channel, place] of [
      [fromSide, fromTop],
      [1 - fromSide, fromTop],
    ].entries()) {
      for (const axis of [0, 1])
        expect(Math.abs(brightest(channel)[axis]! - place[axis]!)).toBeLessThan(0.02);
    }
  }
});

test('every pixel of a much larger picture counts: a fine pattern gives its mean', () => {
  const width = 1000;
  const board = pixels([width, width, 1], (x, y) => ((x + y) % 2) * 200);
  const eyes = { left: [360, 410], right: [640, 410] } as const;
  const found = alignedWindow({ pixels: board, width, height: width, channels: 1 }, eyes, [8, 8]);
  for (const value of found) expect(Math.abs(value - 100)).toBeLessThan(1);
});

test('edge pixels repeat beyond the edge', () => {
  const picture = {
    pixels: pixels([9, 9, 1], () => 77),
    width: 9,
    height: 9,
    channels: 1 as const,
  };
  const values = alignedWindow(picture, { left: [-30, 0], right: [40, 3] }, [4, 4]);
  for (const value of values) expect(value).toBeCloseTo(77, 4);
  const one = { pixels: Uint8Array.of(5, 6, 7), width: 1, height: 1, channels: 3 as const };
  expect([...alignedWindow(one, { left: [0, 0], right: [1, 0] }, [1, 1])]).toEqual([5, 6, 7]);
});
