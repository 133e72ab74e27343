import type { Solid } from './solids.ts';

/** Triangles for the renderer. Front faces are counterclockwise. */
export interface Mesh {
  /** [vertices · 3]: x, y, z. */
  readonly positions: Float32Array;
  /** [vertices · 3]: unit vectors. */
  readonly normals: Float32Array;
  /** [triangles · 3]: vertex numbers. */
  readonly triangles: Uint32Array;
}

/** Joins many solids into one mesh. */
export function meshOf(solids: readonly Solid[]): Mesh {
  const positions: number[] = [];
  const normals: number[] = [];
  const triangles: number[] = [];
  for (const solid of solids) {
    const base = positions.length / 3;
    const { position, normal } = solid.attributes;
    const count = position!.count;
    for (let i = 0; i < count; i++) {
      positions.push(position!.getX(i), position!.getY(i), position!.getZ(i));
      normals.push(normal!.getX(i), normal!.getY(i), normal!.getZ(i));
    }
    const index = solid.index;
    if (index === null) for (let i = 0; i < count; i++) triangles.push(base + i);
    else for (let i = 0; i < index.count; i++) triangles.push(base + index.getX(i));
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    triangles: Uint32Array.from(triangles),
  };
}

/** Shifts a mesh, then scales it. */
export function movedMesh(
  mesh: Mesh,
  shift: readonly [number, number, number],
  scale: number,
): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => (value + shift[i % 3]!) * scale) };
}
