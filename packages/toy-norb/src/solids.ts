import {
  BoxGeometry,
  CylinderGeometry,
  ExtrudeGeometry,
  MathUtils,
  Quaternion,
  Shape,
  SphereGeometry,
  TorusGeometry,
  Vector2,
  Vector3,
  type BufferGeometry,
} from 'three';

/** A point or a size. x points to the front of a toy, y up, z to its right. */
export type Point = readonly [x: number, y: number, z: number];

/**
 * A closed solid that toys are built from: what meshes need of three's `BufferGeometry`, written
 * out, because three's types are a package of their own, which users of ours do not install.
 */
export interface Solid {
  readonly attributes: Readonly<Record<string, Points>>;
  /** Three vertex numbers for each triangle; null if every three vertices are one. */
  readonly index: Pick<Points, 'count' | 'getX'> | null;
}

interface Points {
  readonly count: number;
  getX(index: number): number;
  getY(index: number): number;
  getZ(index: number): number;
}

/** Rotations around the x, then the y, then the z axis, in degrees. */
type Turn = readonly [aboutX: number, aboutY: number, aboutZ: number];

const NO_TURN: Turn = [0, 0, 0];

function placed(solid: BufferGeometry, at: Point, turn: Turn): Solid {
  const [x, y, z] = turn.map((degrees) => MathUtils.degToRad(degrees)) as [number, number, number];
  return solid
    .rotateX(x)
    .rotateY(y)
    .rotateZ(z)
    .translate(...at);
}

/** A box around its center. */
export function box(size: Point, at: Point, turn: Turn = NO_TURN): Solid {
  return placed(new BoxGeometry(...size), at, turn);
}

/** An ellipsoid with three radii around its center. */
export function ball(radii: Point | number, at: Point, turn: Turn = NO_TURN): Solid {
  const [x, y, z] = typeof radii === 'number' ? [radii, radii, radii] : radii;
  return placed(new SphereGeometry(1, 12, 8).scale(x, y, z), at, turn);
}

/** A cylinder from one point to another, or part of a cone if the radii differ. */
export function rod(
  from: Point,
  to: Point,
  radius: number,
  endRadius: number = radius,
  segments = 10,
): Solid {
  const start = new Vector3(...from);
  const way = new Vector3(...to).sub(start);
  const solid = new CylinderGeometry(endRadius, radius, way.length(), segments).translate(
    0,
    way.length() / 2,
    0,
  );
  const turn = new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), way.normalize());
  return solid.applyQuaternion(turn).translate(...from);
}

/**
 * A rod with round ends along a path of points, for arms, legs, necks and tails. Its radius goes
 * from `radius` to `endRadius`.
 */
export function limb(
  points: readonly Point[],
  radius: number,
  endRadius: number = radius,
): Solid[] {
  const radiusAt = (i: number): number => radius + ((endRadius - radius) * i) / (points.length - 1);
  return points.flatMap((point, i) => {
    const joint = ball(radiusAt(i), point);
    const next = points[i + 1];
    return next === undefined ? [joint] : [joint, rod(point, next, radiusAt(i), radiusAt(i + 1))];
  });
}

/** An upright wheel with its axle along z. */
export function wheel(radius: number, width: number, at: Point): Solid[] {
  const [x, y, z] = at;
  return [
    rod([x, y, z - width / 2], [x, y, z + width / 2], radius, radius, 14),
    rod([x, y, z - width * 0.62], [x, y, z + width * 0.62], radius * 0.5, radius * 0.5, 8),
  ];
}

/** A ring around the axis `along`. */
export function ring(radius: number, thickness: number, at: Point, turn: Turn = NO_TURN): Solid {
  return placed(new TorusGeometry(radius, thickness, 6, 18), at, turn);
}

/**
 * An outline in the x-y plane, extruded to `width` along z and centered on it.
 *
 * @param outline corners, in order
 */
export function slab(
  outline: readonly (readonly [number, number])[],
  width: number,
  at: Point = [0, 0, 0],
  turn: Turn = NO_TURN,
): Solid {
  return placed(extruded(outline, width), at, turn);
}

function extruded(outline: readonly (readonly [number, number])[], width: number): BufferGeometry {
  const shape = new Shape(outline.map(([x, y]) => new Vector2(x, y)));
  const solid = new ExtrudeGeometry(shape, { depth: width, bevelEnabled: false });
  return solid.translate(0, 0, -width / 2);
}

/** An outline in the x-z plane, extruded to `height` and centered on y, for wings. */
export function plate(
  outline: readonly (readonly [x: number, z: number])[],
  height: number,
  at: Point = [0, 0, 0],
  turn: Turn = NO_TURN,
): Solid {
  return placed(extruded(outline, height).rotateX(Math.PI / 2), at, turn);
}

/** Calls `make` for the right (1) and the left (-1) side. */
export function bothSides(make: (side: 1 | -1) => readonly Solid[] | Solid): Solid[] {
  return [make(1), make(-1)].flat();
}
