import { expect, test } from 'vitest';
import { project, stereoCameras } from '../src/camera.ts';
import { coverage, createLayer, GRAIN, overlay } from '../src/layer.ts';
import { lightingAt } from '../src/lighting.ts';
import { meshOf } from '../src/mesh.ts';
import { renderToy, type View } from '../src/render-toy.ts';
import { ball, box } from '../src/solids.ts';
import type { Model } from '../src/toys.ts';

const SIDE = 100;
const SCALE = 30;
const place = { shift: [0, 0], scale: SCALE, roll: 0 } as const;

function drawn(model: Model, view: View, surface = { albedo: 1, gloss: 0 }) {
  const layers = [createLayer(SIDE), createLayer(SIDE)] as const;
  renderToy(layers, model, view, [place, place], surface);
  return layers;
}

/** A finely tessellated sphere of radius 1 that stands on its ground. */
const sphere: Model = { mesh: meshOf([ball(1, [0, 0, 0])]), radius: 1, ground: -1 };

test('a sphere covers the disc that perspective predicts', () => {
  // Tangents from distance D touch the sphere so that the disc has the radius f/√(D² − 1) with f =
  // 6 · scale.
  const radius = (6 * SCALE) / Math.sqrt(36 + 0.375 ** 2 - 1);
  const expected = (Math.PI * radius ** 2) / SIDE ** 2;
  for (const layer of drawn(sphere, { elevation: 40, azimuth: 80, lighting: 2 })) {
    // A polyhedron of 12 by 8 facets inside the sphere has up to 9 % less area.
    expect(coverage(layer) / expected).toBeGreaterThan(0.91);
    expect(coverage(layer) / expected).toBeLessThan(1.005);
  }
});

test('a horizontal face has the brightness of Lambert’s law', () => {
  const slab: Model = { mesh: meshOf([box([2, 0.2, 2], [0, -0.1, 0])]), radius: 1.5, ground: -0.2 };
  const azimuth = 30;
  for (const lighting of [0, 1, 2, 3, 4, 5]) {
    const light = lightingAt(lighting, azimuth);
    const expected =
      0.5 *
      (light.ambient + light.fillIntensity * light.fill[1] + light.keyIntensity * light.key[1]);
    const [layer] = drawn(slab, { elevation: 60, azimuth, lighting }, { albedo: 0.5, gloss: 0 });
    const middle = (SIDE * GRAIN) / 2;
    expect(layer.brightness[middle * SIDE * GRAIN + middle]).toBeCloseTo(expected, 4);
  }
});

test('nearer surfaces hide those behind them', () => {
  // A pillar on a floor: seen from the horizon, the middle is the pillar's front.
  const pillar = box([0.4, 1, 0.4], [0, 0, 0]);
  const wall = box([0.1, 2, 2], [-1, 0, 0]);
  const view = { elevation: 1, azimuth: 0, lighting: 2 };
  const [alone] = drawn({ mesh: meshOf([pillar]), radius: 2, ground: -1 }, view);
  const [both] = drawn({ mesh: meshOf([wall, pillar]), radius: 2, ground: -1 }, view);
  const middle = (SIDE * GRAIN) / 2;
  const at = middle * SIDE * GRAIN + middle;
  expect(both.nearness[at]).toBe(alone.nearness[at]);
  expect(1 / both.nearness[at]!).toBeCloseTo(Math.hypot(6, 0.375) - 0.2, 2);
});

test('a floating plate casts its shadow opposite the key lamp', () => {
  const plate: Model = {
    mesh: meshOf([box([0.4, 0.05, 0.4], [0, 0, 0])]),
    radius: 1.2,
    ground: -1,
  };
  const azimuth = 0;
  const lamp = lightingAt(0, azimuth).key;
  const [layer] = drawn(plate, { elevation: 70, azimuth, lighting: 0 });
  // The plate's middle, thrown along the light onto the ground, as the left camera sees it.
  const thrown = [-lamp[0] / lamp[1], -1, -lamp[2] / lamp[1]];
  const area = layer.shadow.reduce((sum, value) => sum + value, 0) / GRAIN ** 2;
  let [x, y] = [0, 0];
  const stride = SIDE * GRAIN;
  for (let i = 0; i < layer.shadow.length; i++) {
    if (layer.shadow[i] === 0) continue;
    x += (i % stride) / GRAIN / (area * GRAIN ** 2);
    y += Math.floor(i / stride) / GRAIN / (area * GRAIN ** 2);
  }
  expect(area).toBeGreaterThan(40);
  const where = new Float32Array(3);
  project(Float32Array.from(thrown), stereoCameras(70, azimuth)[0], place, SIDE / 2, where);
  expect(Math.abs(x - where[0]!)).toBeLessThan(1.5);
  expect(Math.abs(y - where[1]!)).toBeLessThan(1.5);
});

test('a layer changes only what it covers, and darkens the ground in its shadow', () => {
  const layer = createLayer(2);
  layer.nearness[0] = 1;
  layer.brightness[0] = 0.9;
  layer.shadow[2] = 1;
  const picture = new Float32Array(4).fill(0.5);
  overlay(layer, picture, 0.4);
  // Pixel 0: one of four samples is the toy's; pixel 1: one of four lies in the shadow.
  expect(picture[0]).toBeCloseTo((0.9 + 3 * 0.5) / 4, 6);
  expect(picture[1]).toBeCloseTo((0.5 * (4 - 0.4)) / 4, 6);
  expect([...picture.subarray(2)]).toEqual([0.5, 0.5]);
});
