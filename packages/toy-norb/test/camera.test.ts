import { expect, test } from 'vitest';
import { cross, direction, project, stereoCameras } from '../src/camera.ts';

const place = (right = 0, down = 0, scale = 40, roll = 0) =>
  ({ shift: [right, down], scale, roll }) as const;

function projected(
  points: readonly number[],
  elevation: number,
  azimuth: number,
  at = place(),
): number[][] {
  return stereoCameras(elevation, azimuth).map((camera) => {
    const out = new Float32Array(points.length);
    project(Float32Array.from(points), camera, at, 54, out);
    return [...out];
  });
}

test('directions have length 1 and the requested angles', () => {
  expect(direction(0, 0)).toEqual([1, 0, 0]);
  const [x, y, z] = direction(30, 90);
  expect([x, y, z].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([
    0,
    0.5,
    Math.round(Math.sqrt(0.75) * 1e12) / 1e12,
  ]);
});

test('the axes of a camera are at right angles and of length 1', () => {
  for (const { right, up, forward } of stereoCameras(50, 110)) {
    const axes = [right, up, forward];
    for (const [i, a] of axes.entries()) {
      for (const [j, b] of axes.entries()) {
        expect(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
    // Right, up and backwards are right-handed.
    expect(cross(right, up).map((value, i) => value + forward[i]!)).toEqual(
      expect.arrayContaining([expect.closeTo(0, 12)]),
    );
  }
});

test('both eyes see the origin in the middle', () => {
  for (const [x, y] of projected([0, 0, 0], 40, 200, place(3, -2))) {
    expect(x).toBeCloseTo(57, 4);
    expect(y).toBeCloseTo(52, 4);
  }
});

test('the left eye sees nearer points further right, and farther points further left', () => {
  const toward = direction(40, 70);
  const [near, far] = [toward, toward.map((value) => -value)];
  const [[nearLeft], [nearRight]] = projected([...near], 40, 70) as [number[], number[]];
  const [[farLeft], [farRight]] = projected(far, 40, 70) as [number[], number[]];
  expect(nearLeft!).toBeGreaterThan(nearRight!);
  expect(farLeft!).toBeLessThan(farRight!);
});

test('perspective matches its closed form for a point above the origin, seen from the horizon', () => {
  // Both eyes are at distance D = √(6² + (0.75/2)²); the point lies across the line of sight.
  const h = 0.5;
  for (const [x, y, nearness] of projected([0, h, 0], 0, 0)) {
    const distance = Math.hypot(6, 0.375);
    expect(x).toBeCloseTo(54, 4);
    expect(y).toBeCloseTo(54 - (40 * 6 * h) / distance, 4);
    expect(nearness).toBeCloseTo(1 / distance, 6);
  }
});

test('roll turns clockwise', () => {
  const [[x, y]] = projected([0, 0.5, 0], 0, 0, place(0, 0, 40, 90)) as [number[]];
  expect(x).toBeGreaterThan(70);
  expect(y).toBeCloseTo(54, 4);
});
