import { expect, test } from 'vitest';
import { centered, dot, PAPER_SIDE as SIDE, stroke } from '../src/index.ts';

const paper = (): Float32Array => new Float32Array(SIDE * SIDE);

test('a dot is darkest at its center, symmetric, and nowhere beyond full ink', () => {
  const drawn = paper();
  dot(drawn, 14, 14);
  dot(drawn, 14, 14);
  expect(Math.max(...drawn)).toBe(1);
  for (let i = 0; i < drawn.length; i++)
    expect(drawn[i]).toBeCloseTo(drawn[drawn.length - 1 - i]!, 6);
});

test('a stroke leaves no hole and dots at the edge stay on the paper', () => {
  const drawn = paper();
  stroke(drawn, [2, 14.5], [26, 14.5]);
  for (let x = 2; x < 26; x++) expect(drawn[14 * SIDE + x]).toBe(1);
  dot(drawn, -1, 29);
  dot(drawn, 28, 0);
  expect(drawn).toHaveLength(SIDE * SIDE);
});

test('centering puts the center of mass in the middle and keeps the ink', () => {
  const drawn = paper();
  stroke(drawn, [4, 4], [4, 10]);
  const moved = centered(drawn);
  let [mass, x, y] = [0, 0, 0];
  moved.forEach((ink, at) => {
    mass += ink;
    x += ink * (at % SIDE);
    y += ink * Math.floor(at / SIDE);
  });
  expect(Math.abs(x / mass - 13.5)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(y / mass - 13.5)).toBeLessThanOrEqual(0.5);
  const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
  expect(total(moved)).toBeCloseTo(total(drawn), 4);
  expect([...centered(paper())].every((ink) => ink === 0)).toBe(true);
});
