/** A toy with nothing behind it, drawn with `GRAIN` × `GRAIN` samples a pixel. */
export interface Layer {
  /** Pixels along each side of the picture. */
  readonly side: number;
  /** [samples · samples]: one over the depth of the nearest surface, 0 where there is none. */
  readonly nearness: Float32Array;
  /** [samples · samples]: its brightness. */
  readonly brightness: Float32Array;
  /** [samples · samples]: 1 where the ground is seen in the toy's shadow. */
  readonly shadow: Uint8Array;
}

/** Samples along a pixel. */
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

/** Makes a layer empty again. */
export function clearLayer({ nearness, shadow }: Layer): void {
  nearness.fill(0);
  shadow.fill(0);
}

/**
 * Lays a layer over a picture, in place.
 *
 * @param picture [side · side] brightnesses
 * @param darkness what the shadow takes of the brightness of the ground, 0 to 1
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
