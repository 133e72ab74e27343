import { ball, bothSides, limb, type Point, type Solid } from './solids.ts';

/** Measures of an animal on four legs; its body's middle is at x = 0, its feet at y = 0. */
interface Quadruped {
  /** Half the body's length, height and width. */
  readonly body: Point;
  /** Height of the body's middle. */
  readonly height: number;
  /** Radius of the legs at the hip, and at the foot. */
  readonly legs: readonly [number, number];
  /** From the shoulders to the back of the head. */
  readonly neck: readonly Point[];
  readonly neckRadius: readonly [number, number];
  /** Radii of the skull. */
  readonly head: Point;
  /** Length, radius and drop of the snout. */
  readonly snout: readonly [number, number, number];
  readonly tail: readonly Point[];
  readonly tailRadius: readonly [number, number];
  /** How far the legs swing. */
  readonly stride?: number;
  /** Extra height of the shoulders above the hips. */
  readonly shoulders?: number;
}

export function quadruped(measures: Quadruped): Solid[] {
  const {
    body,
    height,
    legs,
    neck,
    neckRadius,
    head,
    snout,
    tail,
    tailRadius,
    stride = 0.1,
    shoulders = 0,
  } = measures;
  const [length, girth, width] = body;
  const end = neck.at(-1)!;
  const face: Point = [end[0] + head[0] * 0.6, end[1], end[2]];
  return [
    ball([length, girth, width], [0, height, 0]),
    ball(
      [girth * 0.95, girth * (0.98 + shoulders), width * 1.02],
      [length * 0.55, height + shoulders * 0.3, 0],
    ),
    ball([girth, girth, width], [-length * 0.55, height, 0]),
    ...bothSides((side) => [
      ...limb(
        [
          [length * 0.62, height - girth * 0.3, side * width * 0.6],
          [length * 0.62 + side * stride, legs[1], side * width * 0.62],
        ],
        ...legs,
      ),
      ...limb(
        [
          [-length * 0.68, height - girth * 0.2, side * width * 0.6],
          [-length * 0.68 - side * stride - 0.06, height * 0.45, side * width * 0.62],
          [-length * 0.66 - side * stride, legs[1], side * width * 0.62],
        ],
        ...legs,
      ),
    ]),
    ...limb(neck, ...neckRadius),
    ball(head, face),
    ...limb(
      [face, [face[0] + head[0] * 0.5 + snout[0], face[1] - snout[2], 0]],
      Math.min(head[1], head[2]) * 0.85,
      snout[1],
    ),
    ...limb(tail, ...tailRadius),
  ];
}

export function ears(at: Point, radii: Point, apart: number, tilt = 0): Solid[] {
  return bothSides((side) => ball(radii, [at[0], at[1], side * apart], [side * tilt, 0, 0]));
}
