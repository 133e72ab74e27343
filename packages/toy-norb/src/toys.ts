import { animals } from './animals.ts';
import { cars } from './cars.ts';
import { stereoCameras } from './camera.ts';
import { humans } from './humans.ts';
import { meshOf, movedMesh, type Mesh } from './mesh.ts';
import { planes } from './planes.ts';
import type { ToyExample } from './protocol.ts';
import type { Toy } from './toy.ts';
import { trucks } from './trucks.ts';

/** The categories that have toys. */
export type ToyCategory = 'animal' | 'human' | 'plane' | 'truck' | 'car';

const byCategory: Readonly<Record<ToyCategory, readonly Toy[]>> = {
  animal: animals,
  human: humans,
  plane: planes,
  truck: trucks,
  car: cars,
};

/** The toys of each category, in NORB's order. */
export const toys: readonly (readonly Toy[])[] = Object.values(byCategory);

/** The names of each category's toys, by instance 0 to 9. */
export const toyNames: Readonly<Record<ToyCategory, readonly string[]>> = {
  animal: namesOf(animals),
  human: namesOf(humans),
  plane: namesOf(planes),
  truck: namesOf(trucks),
  car: namesOf(cars),
};

function namesOf(category: readonly Toy[]): string[] {
  return category.map(({ name }) => name);
}

/** Returns the toy in the middle of an example that has one. */
export function toyOf({ category, info }: ToyExample): Toy {
  return byCategory[category as ToyCategory][info.instance]!;
}

/** A toy ready to draw. Its bounding box is centered on the origin. */
export interface Model {
  readonly mesh: Mesh;
  /** Radius of a sphere around the origin that contains it. */
  readonly radius: number;
  /** Height of the ground, below 0. */
  readonly ground: number;
}

/** The mean area of every toy's outline over all views, in square units. */
const AREA = 1.05;

const models = new Map<Toy, Model>();

/**
 * Builds the model of a toy. Sizes are chosen so that the outlines of all toys have the same
 * average area.
 */
export function modelOf(toy: Toy): Model {
  let model = models.get(toy);
  if (model === undefined) models.set(toy, (model = scaled(meshOf(toy.build()))));
  return model;
}

function scaled(mesh: Mesh): Model {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const [i, value] of mesh.positions.entries()) {
    low[i % 3] = Math.min(low[i % 3]!, value);
    high[i % 3] = Math.max(high[i % 3]!, value);
  }
  const shift = low.map((value, axis) => -(value + high[axis]!) / 2) as [number, number, number];
  const centered = movedMesh(mesh, shift, 1);
  const model = movedMesh(centered, [0, 0, 0], Math.sqrt(AREA / outlineArea(centered)));
  let [radius, ground] = [0, 0];
  for (let i = 0; i < model.positions.length; i += 3) {
    const [x, y, z] = [model.positions[i]!, model.positions[i + 1]!, model.positions[i + 2]!];
    radius = Math.max(radius, Math.hypot(x, y, z));
    ground = Math.min(ground, y);
  }
  return { mesh: model, radius, ground };
}

/**
 * Computes the mean area of a mesh's outline over views from all around, by counting grid cells.
 */
function outlineArea(mesh: Mesh): number {
  const views = [35, 50, 65].flatMap((elevation) =>
    [0, 36, 72, 108, 144].map((azimuth) => [elevation, azimuth] as const),
  );
  const reach =
    mesh.positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * Math.sqrt(3);
  return (
    views.reduce(
      (sum, [elevation, azimuth]) => sum + areaSeen(mesh, reach, elevation, azimuth),
      0,
    ) / views.length
  );
}

/** Cells along each side of the grid. */
const CELLS = 96;

function areaSeen(
  { positions, triangles }: Mesh,
  reach: number,
  elevation: number,
  azimuth: number,
): number {
  const { right, up } = stereoCameras(elevation, azimuth)[0];
  const cell = (2 * reach) / CELLS;
  const flat = new Float64Array((positions.length / 3) * 2);
  for (let i = 0; i < positions.length / 3; i++) {
    const [x, y, z] = [positions[i * 3]!, positions[i * 3 + 1]!, positions[i * 3 + 2]!];
    flat[i * 2] = (x * right[0] + y * right[1] + z * right[2] + reach) / cell;
    flat[i * 2 + 1] = (x * up[0] + y * up[1] + z * up[2] + reach) / cell;
  }
  const seen = new Uint8Array(CELLS * CELLS);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]! * 2, triangles[t + 1]! * 2, triangles[t + 2]! * 2];
    markTriangle(seen, flat, a, b, c);
  }
  return seen.reduce((sum, value) => sum + value, 0) * cell * cell;
}

function markTriangle(seen: Uint8Array, flat: Float64Array, a: number, b: number, c: number): void {
  const [ax, ay, bx, by, cx, cy] = [
    flat[a]!,
    flat[a + 1]!,
    flat[b]!,
    flat[b + 1]!,
    flat[c]!,
    flat[c + 1]!,
  ];
  if ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax) <= 0) return;
  for (let y = Math.floor(Math.min(ay, by, cy)); y <= Math.max(ay, by, cy); y++) {
    for (let x = Math.floor(Math.min(ax, bx, cx)); x <= Math.max(ax, bx, cx); x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      if ((bx - ax) * (py - ay) - (by - ay) * (px - ax) < 0) continue;
      if ((cx - bx) * (py - by) - (cy - by) * (px - bx) < 0) continue;
      if ((ax - cx) * (py - cy) - (ay - cy) * (px - cx) < 0) continue;
      seen[y * CELLS + x] = 1;
    }
  }
}
