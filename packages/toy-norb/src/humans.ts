import { ball, bothSides, box, limb, ring, rod, type Point, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

/** A person's pose: elbow and hand, knee and foot, of the right and the left side; x is forward, y up, z to the right. */
interface Figure {
  readonly arms: readonly [right: readonly [Point, Point], left: readonly [Point, Point]];
  readonly legs: readonly [right: readonly [Point, Point], left: readonly [Point, Point]];
  /** Height of the hips. */
  readonly hips?: number;
  /** How far the shoulders are in front of the hips. */
  readonly lean?: number;
  /** Breadth, 1 for most. */
  readonly build?: number;
  /** A body that ends in a skirt. */
  readonly skirt?: readonly [hem: number, radius: number];
}

function figure({ arms, legs, hips = 1.5, lean = 0, build = 1, skirt }: Figure): Solid[] {
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
    ...(skirt === undefined ? [] : [rod([0, skirt[0], 0], [0, hips + 0.25, 0], skirt[1], 0.28, 14)]),
  ];
}

const STANDING: Figure['legs'] = [
  [[0.03, 0.8, 0.22], [0, 0.12, 0.25]],
  [[0.03, 0.8, -0.22], [0, 0.12, -0.25]],
];
const STEP: Figure['legs'] = [
  [[0.3, 0.82, 0.2], [0.45, 0.14, 0.2]],
  [[-0.1, 0.78, -0.2], [-0.52, 0.2, -0.2]],
];

function soldier(): Solid[] {
  return [
    ...figure({
      arms: [[[0.1, 1.95, 0.62], [0.5, 2.0, 0.3]], [[0.3, 1.95, -0.6], [0.75, 2.15, -0.1]]],
      legs: STANDING, build: 1.1,
    }),
    ball([0.36, 0.26, 0.34], [0.02, 3.06, 0]),
    rod([0.1, 1.85, 0.45], [1.2, 2.35, -0.45], 0.07),
    box([0.4, 0.2, 0.1], [0.12, 1.84, 0.42], [0, 40, 0]),
    box([0.26, 0.6, 0.55], [-0.38, 2.1, 0]),
  ];
}

function walker(): Solid[] {
  return [
    ...figure({
      arms: [[[-0.22, 1.95, 0.52], [-0.1, 1.45, 0.52]], [[0.25, 1.95, -0.52], [0.6, 1.6, -0.45]]],
      legs: STEP, lean: 0.08,
    }),
    rod([0.05, 3.1, 0], [0.05, 3.18, 0], 0.4, 0.4, 14),
    rod([0.05, 3.15, 0], [0.05, 3.45, 0], 0.26, 0.23, 12),
  ];
}

function skater(): Solid[] {
  return figure({
    arms: [[[0.1, 2.45, 0.95], [0.15, 2.7, 1.4]], [[0, 2.4, -0.95], [-0.1, 2.3, -1.45]]],
    legs: STANDING, skirt: [0.85, 0.78], build: 0.85,
  });
}

function cowboy(): Solid[] {
  return [
    ...figure({
      arms: [[[0, 1.9, 0.85], [0.15, 1.6, 0.38]], [[0, 1.9, -0.85], [0.15, 1.6, -0.38]]],
      legs: [[[0.08, 0.8, 0.4], [0, 0.12, 0.5]], [[0.08, 0.8, -0.4], [0, 0.12, -0.5]]],
    }),
    ball([0.58, 0.08, 0.5], [0.03, 3.12, 0]),
    rod([0.03, 3.1, 0], [0.03, 3.42, 0], 0.28, 0.2, 12),
    ring(0.33, 0.07, [0, 1.55, 0], [90, 0, 0]),
  ];
}

function kneelingSoldier(): Solid[] {
  return [
    ...figure({
      hips: 0.95, lean: 0.12,
      arms: [[[0.35, 1.45, 0.52], [0.75, 1.75, 0.2]], [[0.55, 1.4, -0.45], [1.05, 1.75, 0.02]]],
      legs: [[[0.2, 0.18, 0.25], [-0.55, 0.15, 0.25]], [[0.62, 0.78, -0.22], [0.62, 0.12, -0.22]]],
    }),
    ball([0.37, 0.27, 0.35], [0.18, 2.52, 0]),
    rod([0.3, 1.75, 0.22], [1.75, 1.85, 0.02], 0.07),
    box([0.45, 0.24, 0.12], [0.25, 1.7, 0.24]),
  ];
}

function runner(): Solid[] {
  return figure({
    lean: 0.35,
    arms: [[[-0.25, 2.1, 0.5], [0.05, 1.75, 0.45]], [[0.65, 2.0, -0.5], [0.95, 2.4, -0.35]]],
    legs: [[[0.6, 1.25, 0.2], [0.55, 0.55, 0.2]], [[-0.15, 0.85, -0.2], [-0.75, 0.6, -0.2]]],
  });
}

function batter(): Solid[] {
  return [
    ...figure({
      arms: [[[0.35, 2.6, 0.62], [0.35, 2.95, 0.3]], [[0.5, 2.55, -0.35], [0.4, 2.98, 0.1]]],
      legs: [[[0.15, 0.82, 0.42], [0.05, 0.12, 0.62]], [[0.15, 0.82, -0.42], [0.05, 0.12, -0.55]]],
    }),
    rod([0.38, 2.9, 0.2], [-0.1, 3.95, 0.75], 0.07, 0.13),
    ball([0.29, 0.2, 0.27], [0.02, 3.08, 0]),
    box([0.3, 0.05, 0.34], [0.32, 3.02, 0]),
  ];
}

function lady(): Solid[] {
  return [
    ...figure({
      arms: [[[0.05, 1.95, 0.6], [0.3, 1.55, 0.55]], [[0.1, 1.9, -0.62], [0.35, 2.3, -0.72]]],
      legs: STANDING, skirt: [0.02, 0.72], build: 0.88,
    }),
    rod([0, 3.06, 0], [0, 3.12, 0], 0.52, 0.52, 16),
    ball([0.27, 0.2, 0.26], [0, 3.14, 0]),
    ball([0.18, 0.2, 0.16], [0.35, 1.42, 0.55]),
  ];
}

function miner(): Solid[] {
  return [
    ...figure({
      arms: [[[0.2, 2.3, 0.75], [0.5, 2.75, 0.6]], [[0.1, 1.9, -0.6], [0.35, 1.55, -0.5]]],
      legs: STEP, build: 1.15,
    }),
    rod([0.55, 2.2, 0.6], [0.45, 3.55, 0.6], 0.06),
    ...limb([[0.0, 3.35, 0.6], [0.45, 3.55, 0.6], [0.9, 3.4, 0.6]], 0.06, 0.05),
    ball([0.32, 0.25, 0.3], [0.02, 3.05, 0]),
    box([0.5, 0.06, 0.5], [0.06, 2.98, 0]),
  ];
}

function wrestler(): Solid[] {
  return [
    ...figure({
      build: 1.35,
      arms: [[[0.3, 2.3, 0.95], [0.7, 2.75, 0.85]], [[0.4, 2.1, -0.95], [0.9, 2.3, -0.6]]],
      legs: [[[0.25, 0.82, 0.5], [0.05, 0.14, 0.62]], [[0.3, 0.82, -0.45], [0.1, 0.14, -0.6]]],
    }),
    ...bothSides((side) => ball(0.19, [side === 1 ? 0.75 : 0.95, side === 1 ? 2.8 : 2.32, side === 1 ? 0.83 : -0.58])),
  ];
}

/** Ten humans. */
export const humans: readonly Toy[] = [
  { name: 'soldier', build: soldier },
  { name: 'walker', build: walker },
  { name: 'skater', build: skater },
  { name: 'cowboy', build: cowboy },
  { name: 'kneeling soldier', build: kneelingSoldier },
  { name: 'runner', build: runner },
  { name: 'batter', build: batter },
  { name: 'lady', build: lady },
  { name: 'miner', build: miner },
  { name: 'wrestler', build: wrestler },
];
