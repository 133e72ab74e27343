import { cross, direction, unit, type Vector } from './camera.ts';

/** Lamps that stay with the cameras while the toy turns, as in NORB. */
interface Lamps {
  /**
   * Elevation in degrees, azimuth relative to the cameras' in degrees, intensity. It casts the
   * shadow.
   */
  readonly key: readonly [number, number, number];
  /** The same for a wide lamp, which casts no shadow. */
  readonly fill: readonly [number, number, number];
  readonly ambient: number;
}

const LAMPS: readonly Lamps[] = [
  { key: [50, -55, 0.75], fill: [30, 60, 0.1], ambient: 0.32 },
  { key: [50, 55, 0.75], fill: [30, -60, 0.1], ambient: 0.32 },
  { key: [65, 10, 0.62], fill: [40, -80, 0.15], ambient: 0.36 },
  { key: [55, -130, 0.7], fill: [35, 20, 0.25], ambient: 0.3 },
  { key: [55, 130, 0.7], fill: [35, -20, 0.25], ambient: 0.3 },
  { key: [84, 0, 0.55], fill: [30, 0, 0.2], ambient: 0.38 },
];

/** A lighting in the toy's coordinates. Directions point to the lamps. */
export interface Lighting {
  readonly key: Vector;
  readonly keyIntensity: number;
  readonly fill: Vector;
  readonly fillIntensity: number;
  readonly ambient: number;
  /** Two unit vectors across the key light: the axes of its shadow map. */
  readonly across: readonly [Vector, Vector];
}

/**
 * Returns one of the lightings.
 *
 * @param index 0 to 5
 * @param azimuth of the cameras, degrees
 * @param hardness a factor for the key lamp's light, 0 to 2; the ambient light makes up the
 *   difference
 */
export function lightingAt(index: number, azimuth: number, hardness = 1): Lighting {
  const { key, fill, ambient } = LAMPS[index]!;
  const toward = direction(key[0], azimuth + key[1]);
  const first = unit(cross(toward, [0.36, 0.48, -0.8]));
  return {
    key: toward,
    keyIntensity: key[2] * hardness,
    fill: direction(fill[0], azimuth + fill[1]),
    fillIntensity: fill[2],
    ambient: ambient + key[2] * (1 - hardness) * 0.6,
    across: [first, cross(toward, first)],
  };
}
