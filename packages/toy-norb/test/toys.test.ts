import { expect, test } from 'vitest';
import { clutter } from '../src/clutter.ts';
import { coverage, createLayer } from '../src/layer.ts';
import { renderToy } from '../src/render-toy.ts';
import { modelOf, toyNames, toys } from '../src/toys.ts';

test('there are five categories of ten toys, all with distinct names', () => {
  expect(toys.map((category) => category.length)).toEqual([10, 10, 10, 10, 10]);
  expect(new Set(Object.values(toyNames).flat()).size).toBe(50);
});

const everything = [...toys.flat(), ...clutter].map((toy) => [toy.name, toy] as const);

test.each(everything)('%s is a sound mesh around the origin', (_, toy) => {
  const { mesh, radius, ground } = modelOf(toy);
  const vertices = mesh.positions.length / 3;
  expect(mesh.positions.every(Number.isFinite)).toBe(true);
  expect(mesh.triangles.every((vertex) => vertex < vertices)).toBe(true);
  expect(ground).toBeLessThan(0);
  expect(radius).toBeLessThan(2);
  for (let i = 0; i < mesh.normals.length; i += 3) {
    expect(
      Math.abs(Math.hypot(mesh.normals[i]!, mesh.normals[i + 1]!, mesh.normals[i + 2]!) - 1),
    ).toBeLessThan(1e-3);
  }
});

test('the area of its toys reveals no category', () => {
  const layers = [createLayer(64), createLayer(64)] as const;
  const place = { shift: [0, 0], scale: 18, roll: 0 } as const;
  const areas = toys.map((category) => {
    const sum = category.reduce((total, toy) => {
      for (const azimuth of [0, 72, 144, 216, 288]) {
        renderToy(layers, modelOf(toy), { elevation: 50, azimuth, lighting: 0 }, [place, place], {
          albedo: 1,
          gloss: 0,
        });
        total += coverage(layers[0]);
      }
      return total;
    }, 0);
    return sum / 50;
  });
  expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(1.15);
});
