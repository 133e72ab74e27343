/** A toy with nothing behind it, drawn with `GRAIN` × `GRAIN` samples per pixel. */
export interface Layer {
  /** Pixels along each side of the picture. */
  readonly side: number;
  /** [samples · samples]: one over the depth of the nearest surface, 0 if there is none. */
  readonly nearness: Float32Array;
  /** [samples · samples]: its brightness. */
  readonly brightness: Float32Array;
  /** [samples · samples]: 1 where the toy's shadow falls on visible ground. */
  readonly shadow: Uint8Array;
}

/** Samples along a pixel's side. */
export const GRAIN = 2;

/** An empty layer for a picture of `side` × `side` pixels. */
export function createLayer(side: number): Layer {
  const samples = (side * GRAIN) ** 2;
  return {
    side,
    nearness: new Float32Array(samples),
    brightness: new Float32Array(samples),
    shadow: new Uint8Array(samples),
  };
}

/** Clears a layer. */
export function clearLayer({ nearness, shadow }: Layer): void {
  nearness.fill(0);
  shadow.fill(0);
}

/**
 * Draws a layer over a picture, in place.
 *
 * @param picture [side · side] brightnesses
 * @param darkness the share of the ground's brightness that the shadow removes, 0 to 1
 */
export function overlay(
  { side, nearness, brightness, shadow }: Layer,
  picture: Float32Array,
  darkness: number,
): void {
  const stride = side * GRAIN;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let covered = 0;
      let shaded = 0;
      let sum = 0;
      for (let j = 0; j < GRAIN; j++) {
        for (let i = 0, at = (y * GRAIN + j) * stride + x * GRAIN; i < GRAIN; i++, at++) {
          if (nearness[at]! > 0) {
            covered++;
            sum += brightness[at]!;
          } else shaded += shadow[at]!;
        }
      }
      if (covered + shaded === 0) continue;
      const samples = GRAIN * GRAIN;
      const behind = picture[y * side + x]! * (samples - covered - darkness * shaded);
      picture[y * side + x] = (sum + behind) / samples;
    }
  }
}

/** The share of a layer's samples that the toy covers. */
export function coverage({ nearness }: Layer): number {
  let count = 0;
  for (const value of nearness) if (value > 0) count++;
  return count / nearness.length;
}
