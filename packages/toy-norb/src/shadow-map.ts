import type { Lighting } from './lighting.ts';
import type { Mesh } from './mesh.ts';

/** How close the nearest surface is to the lamp, on a square grid across the light. */
export interface ShadowMap {
  readonly size: number;
  /** [size · size], along the light; -1e9 where there is nothing. */
  readonly heights: Float32Array;
  /** Grid cells per unit of length. */
  readonly scale: number;
}

/** Cells along each side. */
const SIZE = 112;
const EMPTY = -1e9;
const heights = new Float32Array(SIZE * SIZE);

/**
 * Draws the surface that the key light sees. The next call overwrites the result.
 *
 * @param lit [vertices · 3], output: each vertex's coordinates on the map and along the light
 */
export function castShadow(
  mesh: Mesh,
  radius: number,
  lighting: Lighting,
  lit: Float32Array,
): ShadowMap {
  const map: ShadowMap = {
    size: SIZE,
    heights: heights.fill(EMPTY),
    scale: (SIZE - 2) / (2 * radius),
  };
  lightCoordinates(mesh.positions, lighting, map, lit);
  const { triangles } = mesh;
  for (let t = 0; t < triangles.length; t += 3) {
    drawHeights(lit, triangles[t]! * 3, triangles[t + 1]! * 3, triangles[t + 2]! * 3);
  }
  return map;
}

/** Computes coordinates of points on the map and along the light. */
export function lightCoordinates(
  positions: Float32Array,
  lighting: Lighting,
  map: ShadowMap,
  out: Float32Array,
): void {
  const { key } = lighting;
  const [u, v] = lighting.across;
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
    out[i] = (x * u[0] + y * u[1] + z * u[2]) * map.scale + SIZE / 2;
    out[i + 1] = (x * v[0] + y * v[1] + z * v[2]) * map.scale + SIZE / 2;
    out[i + 2] = x * key[0] + y * key[1] + z * key[2];
  }
}

function drawHeights(lit: Float32Array, a: number, b: number, c: number): void {
  const [ax, ay, bx, by, cx, cy] = [
    lit[a]!,
    lit[a + 1]!,
    lit[b]!,
    lit[b + 1]!,
    lit[c]!,
    lit[c + 1]!,
  ];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (Math.abs(area) < 1e-9) return;
  const [ah, bh, ch] = [lit[a + 2]!, lit[b + 2]!, lit[c + 2]!];
  const slopeX = ((bh - ah) * (cy - ay) - (ch - ah) * (by - ay)) / area;
  const slopeY = ((ch - ah) * (bx - ax) - (bh - ah) * (cx - ax)) / area;
  const sign = area > 0 ? 1 : -1;
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(SIZE - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(SIZE - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5;
    for (let x = left; x <= right; x++) {
      const px = x + 0.5;
      if (sign * ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) < 0) continue;
      if (sign * ((cx - bx) * (py - by) - (cy - by) * (px - bx)) < 0) continue;
      if (sign * ((ax - cx) * (py - cy) - (ay - cy) * (px - cx)) < 0) continue;
      const height = ah + slopeX * (px - ax) + slopeY * (py - ay);
      const at = y * SIZE + x;
      if (height > heights[at]!) heights[at] = height;
    }
  }
}
