import { ball, limb, rod, type Point, type Solid } from './solids.ts';

/**
 * A person's pose: elbow and hand, knee and foot, on the right and left side. x is forward, y up, z
 * right.
 */
interface Figure {
  readonly arms: readonly [right: readonly [Point, Point], left: readonly [Point, Point]];
  readonly legs: readonly [right: readonly [Point, Point], left: readonly [Point, Point]];
  /** Height of the hips. */
  readonly hips?: number;
  /** How far the shoulders are in front of the hips. */
  readonly lean?: number;
  /** Width, 1 for most. */
  readonly build?: number;
  /** Whether the body ends in a skirt. */
  readonly skirt?: readonly [hem: number, radius: number];
}

export function figure({ arms, legs, hips = 1.5, lean = 0, build = 1, skirt }: Figure): Solid[] {
  const shoulder = hips + 1.0;
  const broad = 0.4 * build;
  const upper: Point = [lean, shoulder - 0.18, 0];
  return [
    rod([0, hips - 0.1, 0], upper, 0.28 * build, 0.36 * build, 12),
    ball([0.24 * build, 0.24, broad * 1.05], [lean, shoulder - 0.12, 0]),
    ball([0.27 * build, 0.24, 0.32 * build], [0, hips, 0]),
    rod([lean, shoulder, 0], [lean * 1.1, shoulder + 0.24, 0], 0.13),
    ball([0.25, 0.29, 0.23], [lean * 1.15 + 0.03, shoulder + 0.44, 0]),
    ball(0.06, [lean * 1.15 + 0.28, shoulder + 0.42, 0]),
    ...arms.flatMap(([elbow, hand], i) => [
      ...limb([[lean, shoulder - 0.1, (i === 0 ? 1 : -1) * broad], elbow, hand], 0.13 * build, 0.1),
      ball(0.13, hand),
    ]),
    ...legs.flatMap(([knee, foot], i) => [
      ...limb([[0, hips - 0.1, (i === 0 ? 1 : -1) * 0.18 * build], knee, foot], 0.2 * build, 0.12),
      ball([0.26, 0.11, 0.13], [foot[0] + 0.12, foot[1] - 0.02, foot[2]]),
    ]),
    ...(skirt === undefined
      ? []
      : [rod([0, skirt[0], 0], [0, hips + 0.25, 0], skirt[1], 0.28, 14)]),
  ];
}

export const STANDING: Figure['legs'] = [
  [
    [0.03, 0.8, 0.22],
    [0, 0.12, 0.25],
  ],
  [
    [0.03, 0.8, -0.22],
    [0, 0.12, -0.25],
  ],
];
export const STEP: Figure['legs'] = [
  [
    [0.3, 0.82, 0.2],
    [0.45, 0.14, 0.2],
  ],
  [
    [-0.1, 0.78, -0.2],
    [-0.52, 0.2, -0.2],
  ],
];
