import { stereoCameras, type Placement } from './camera.ts';
import { drawGroundShadow, drawMesh, type Surface } from './draw-mesh.ts';
import { clearLayer, type Layer } from './layer.ts';
import { lightingAt } from './lighting.ts';
import { castShadow } from './shadow-map.ts';
import type { Model } from './toys.ts';

/** The view of a toy, and its light. */
export interface View {
  /** Degrees above the horizon. */
  readonly elevation: number;
  /** Degrees about the vertical. */
  readonly azimuth: number;
  /** 0 to 5. */
  readonly lighting: number;
  /** Hardness of the light, default 1; see `lightingAt`. */
  readonly hardness?: number;
}

/** Draws a toy and its shadow on the ground into one layer per eye. */
export function renderToy(
  [left, right]: readonly [Layer, Layer],
  { mesh, radius, ground }: Model,
  { elevation, azimuth, lighting, hardness = 1 }: View,
  placements: readonly [left: Placement, right: Placement],
  surface: Surface,
): void {
  const light = lightingAt(lighting, azimuth, hardness);
  const lit = new Float32Array(mesh.positions.length);
  const map = castShadow(mesh, radius, light, lit);
  for (const [eye, camera] of stereoCameras(elevation, azimuth).entries()) {
    const layer = eye === 0 ? left : right;
    const placement = placements[eye as 0 | 1];
    clearLayer(layer);
    drawMesh(layer, mesh, camera, placement, light, map, lit, surface);
    drawGroundShadow(layer, ground, radius * 2, camera, placement, light, map);
  }
}
