/** A vector: x, y, z. */
export type Vector = readonly [x: number, y: number, z: number];

/** Where a toy is in a picture, in pixels. */
export interface Placement {
  /** Pixels from the picture's middle to the toy's, right and down. */
  readonly shift: readonly [right: number, down: number];
  /** Pixels per unit of length, at the toy's middle. */
  readonly scale: number;
  /** Clockwise turn of the toy's picture, in degrees. */
  readonly roll: number;
}

/** One eye: it looks at the origin. */
export interface Camera {
  readonly eye: Vector;
  readonly right: Vector;
  readonly up: Vector;
  readonly forward: Vector;
}

/**
 * The distances from the toy's middle to the point between the eyes, and between the eyes. A toy's
 * radius is about 1.
 */
const DISTANCE = 6;
const BASELINE = 0.75;

/**
 * The left and the right camera, side by side, both looking at the origin.
 *
 * @param elevation degrees above the horizon
 * @param azimuth degrees about the vertical, from x toward z
 */
export function stereoCameras(
  elevation: number,
  azimuth: number,
): readonly [left: Camera, right: Camera] {
  const toward = direction(elevation, azimuth);
  const across = cross([-toward[0], -toward[1], -toward[2]], [0, 1, 0]);
  const length = Math.hypot(...across);
  const eyeAt = (side: number): Camera => {
    const eye = toward.map(
      (value, i) => value * DISTANCE + (side * BASELINE * across[i]!) / (2 * length),
    );
    return lookingAtOrigin(eye as unknown as Vector);
  };
  return [eyeAt(-1), eyeAt(1)];
}

/** Returns the unit vector at an elevation and an azimuth, in degrees. */
export function direction(elevation: number, azimuth: number): Vector {
  const [e, a] = [(elevation * Math.PI) / 180, (azimuth * Math.PI) / 180];
  return [Math.cos(e) * Math.cos(a), Math.sin(e), Math.cos(e) * Math.sin(a)];
}

function lookingAtOrigin(eye: Vector): Camera {
  const forward = unit([-eye[0], -eye[1], -eye[2]]);
  const right = unit(cross(forward, [0, 1, 0]));
  return { eye, forward, right, up: cross(right, forward) };
}

/**
 * Projects points.
 *
 * @param positions [points · 3]
 * @param middle pixel coordinates of the picture's middle
 * @param out [points · 3]: pixels right, pixels down, and one over the depth
 */
export function project(
  positions: Float32Array,
  { eye, right, up, forward }: Camera,
  { shift, scale, roll }: Placement,
  middle: number,
  out: Float32Array,
): void {
  const angle = (roll * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle) * scale * DISTANCE, Math.sin(angle) * scale * DISTANCE];
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i]! - eye[0];
    const y = positions[i + 1]! - eye[1];
    const z = positions[i + 2]! - eye[2];
    const inverse = 1 / (x * forward[0] + y * forward[1] + z * forward[2]);
    const across = (x * right[0] + y * right[1] + z * right[2]) * inverse;
    const down = -(x * up[0] + y * up[1] + z * up[2]) * inverse;
    out[i] = middle + shift[0] + cosine * across - sine * down;
    out[i + 1] = middle + shift[1] + sine * across + cosine * down;
    out[i + 2] = inverse;
  }
}

/** The vector product. */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** A vector of length 1. */
export function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}
