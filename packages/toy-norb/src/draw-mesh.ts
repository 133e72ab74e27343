import { project, type Camera, type Placement } from './camera.ts';
import { GRAIN, type Layer } from './layer.ts';
import type { Lighting } from './lighting.ts';
import type { Mesh } from './mesh.ts';
import { lightCoordinates, type ShadowMap } from './shadow-map.ts';

/** How a surface reflects light. */
export interface Surface {
  /** Share of the light that it scatters (Lambert), 0 to 1. */
  readonly albedo: number;
  /** Strength of its highlight (Blinn-Phong). */
  readonly gloss: number;
}

/** A surface this close to what the lamp sees is lit, in units of length. */
const BIAS = 0.045;
const SHININESS = 12;

/**
 * What is interpolated over a triangle, all times one over the depth but the first: nearness, light
 * …
 */
const VALUES = 6;

/**
 * Draws a mesh into a layer: nearest surface by z-buffer, Gouraud shading of Lambert and
 * Blinn-Phong light, and the key light only where the shadow map lets it through.
 *
 * Source: B. Phong, "Illumination for computer generated pictures", CACM 18 (1975); J. Blinn,
 * SIGGRAPH 1977; shadow maps: L. Williams, "Casting curved shadows on curved surfaces", SIGGRAPH
 * 1978.
 *
 * @param lit each vertex's coordinates on the shadow map, from `castShadow`
 */
export function drawMesh(
  layer: Layer,
  mesh: Mesh,
  camera: Camera,
  placement: Placement,
  lighting: Lighting,
  map: ShadowMap,
  lit: Float32Array,
  surface: Surface,
): void {
  const points = new Float32Array(mesh.positions.length);
  projectInSamples(layer, mesh.positions, camera, placement, points);
  const values = shade(mesh, camera, lighting, surface, lit, points);
  const { triangles } = mesh;
  for (let t = 0; t < triangles.length; t += 3) {
    fillTriangle(
      layer,
      points,
      values,
      triangles[t]!,
      triangles[t + 1]!,
      triangles[t + 2]!,
      map,
      false,
    );
  }
}

/** Marks where the toy's shadow falls on the ground, a square around the point below the toy. */
export function drawGroundShadow(
  layer: Layer,
  height: number,
  reach: number,
  camera: Camera,
  placement: Placement,
  lighting: Lighting,
  map: ShadowMap,
): void {
  const positions = Float32Array.from([
    -reach,
    height,
    -reach,
    -reach,
    height,
    reach,
    reach,
    height,
    reach,
    reach,
    height,
    -reach,
  ]);
  const points = new Float32Array(12);
  projectInSamples(layer, positions, camera, placement, points);
  const lit = new Float32Array(12);
  lightCoordinates(positions, lighting, map, lit);
  const values = new Float32Array(4 * VALUES);
  for (let i = 0; i < 4; i++) {
    const nearness = points[i * 3 + 2]!;
    values[i * VALUES] = nearness;
    for (let k = 0; k < 3; k++) values[i * VALUES + 3 + k] = lit[i * 3 + k]! * nearness;
  }
  fillTriangle(layer, points, values, 0, 1, 2, map, true);
  fillTriangle(layer, points, values, 0, 2, 3, map, true);
}

function projectInSamples(
  { side }: Layer,
  positions: Float32Array,
  camera: Camera,
  { shift, scale, roll }: Placement,
  points: Float32Array,
): void {
  const inSamples: Placement = {
    shift: [shift[0] * GRAIN, shift[1] * GRAIN],
    scale: scale * GRAIN,
    roll,
  };
  project(positions, camera, inSamples, (side * GRAIN) / 2, points);
}

/**
 * For each vertex: nearness; then, times nearness, the light without the key lamp, the light from
 * it, and the shadow map's three coordinates.
 */
function shade(
  { positions, normals }: Mesh,
  { eye }: Camera,
  { key, keyIntensity, fill, fillIntensity, ambient }: Lighting,
  { albedo, gloss }: Surface,
  lit: Float32Array,
  points: Float32Array,
): Float32Array {
  const values = new Float32Array((positions.length / 3) * VALUES);
  for (let i = 0, v = 0; i < positions.length; i += 3, v += VALUES) {
    const [nx, ny, nz] = [normals[i]!, normals[i + 1]!, normals[i + 2]!];
    const toKey = nx * key[0] + ny * key[1] + nz * key[2];
    const toFill = nx * fill[0] + ny * fill[1] + nz * fill[2];
    const indirect = albedo * (ambient * (0.72 + 0.28 * ny) + fillIntensity * Math.max(0, toFill));
    let direct = 0;
    if (toKey > 0) {
      const [ex, ey, ez] = [
        eye[0] - positions[i]!,
        eye[1] - positions[i + 1]!,
        eye[2] - positions[i + 2]!,
      ];
      const distance = Math.hypot(ex, ey, ez);
      const [hx, hy, hz] = [ex / distance + key[0], ey / distance + key[1], ez / distance + key[2]];
      const half = Math.max(0, (nx * hx + ny * hy + nz * hz) / Math.hypot(hx, hy, hz));
      direct = keyIntensity * (albedo * toKey + gloss * half ** SHININESS);
    }
    const nearness = points[i + 2]!;
    values[v] = nearness;
    values[v + 1] = indirect * nearness;
    values[v + 2] = direct * nearness;
    values[v + 3] = lit[i]! * nearness;
    values[v + 4] = lit[i + 1]! * nearness;
    values[v + 5] = lit[i + 2]! * nearness;
  }
  return values;
}

const atLeft = new Float64Array(VALUES);
const acrossX = new Float64Array(VALUES);
const acrossY = new Float64Array(VALUES);

/** Fills the samples of one triangle; skips back faces. */
function fillTriangle(
  layer: Layer,
  points: Float32Array,
  values: Float32Array,
  a: number,
  b: number,
  c: number,
  map: ShadowMap,
  ground: boolean,
): void {
  const { nearness, brightness, shadow } = layer;
  const stride = layer.side * GRAIN;
  const [ax, ay] = [points[a * 3]!, points[a * 3 + 1]!];
  const [bx, by] = [points[b * 3]!, points[b * 3 + 1]!];
  const [cx, cy] = [points[c * 3]!, points[c * 3 + 1]!];
  // Pixels count downward, so front faces, counterclockwise with y up, have a negative area here.
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area > -1e-9) return;
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(stride - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(stride - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  if (left > right || top > bottom) return;
  for (let k = 0; k < VALUES; k++) {
    const [va, vb, vc] = [
      values[a * VALUES + k]!,
      values[b * VALUES + k]!,
      values[c * VALUES + k]!,
    ];
    acrossX[k] = ((vb - va) * (cy - ay) - (vc - va) * (by - ay)) / area;
    acrossY[k] = ((vc - va) * (bx - ax) - (vb - va) * (cx - ax)) / area;
    atLeft[k] = va + acrossX[k]! * (left + 0.5 - ax) + acrossY[k]! * (top + 0.5 - ay);
  }
  const { size, heights } = map;
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5;
    for (let x = left; x <= right; x++) {
      const px = x + 0.5;
      if ((bx - ax) * (py - ay) - (by - ay) * (px - ax) > 0) continue;
      if ((cx - bx) * (py - by) - (cy - by) * (px - bx) > 0) continue;
      if ((ax - cx) * (py - cy) - (ay - cy) * (px - cx) > 0) continue;
      const [dx, dy] = [x - left, y - top];
      const near = atLeft[0]! + acrossX[0]! * dx + acrossY[0]! * dy;
      const at = y * stride + x;
      if (near <= nearness[at]!) continue;
      const depth = 1 / near;
      const u = Math.floor((atLeft[3]! + acrossX[3]! * dx + acrossY[3]! * dy) * depth);
      const v = Math.floor((atLeft[4]! + acrossX[4]! * dx + acrossY[4]! * dy) * depth);
      const along = (atLeft[5]! + acrossX[5]! * dx + acrossY[5]! * dy) * depth;
      const inLight =
        u < 0 || v < 0 || u >= size || v >= size || along + BIAS > heights[v * size + u]!;
      if (ground) {
        shadow[at] = inLight ? 0 : 1;
        continue;
      }
      nearness[at] = near;
      const indirect = atLeft[1]! + acrossX[1]! * dx + acrossY[1]! * dy;
      const direct = inLight ? atLeft[2]! + acrossX[2]! * dx + acrossY[2]! * dy : 0;
      brightness[at] = (indirect + direct) * depth;
    }
  }
}
