import { ball, bothSides, box, limb, rod, type Point, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

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
  /** Extra height of the shoulders over the hips. */
  readonly shoulders?: number;
}

function quadruped(measures: Quadruped): Solid[] {
  const { body, height, legs, neck, neckRadius, head, snout, tail, tailRadius, stride = 0.1, shoulders = 0 } = measures;
  const [length, girth, width] = body;
  const end = neck.at(-1)!;
  const face: Point = [end[0] + head[0] * 0.6, end[1], end[2]];
  return [
    ball([length, girth, width], [0, height, 0]),
    ball([girth * 0.95, girth * (0.98 + shoulders), width * 1.02], [length * 0.55, height + shoulders * 0.3, 0]),
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

function ears(at: Point, radii: Point, apart: number, tilt = 0): Solid[] {
  return bothSides((side) => ball(radii, [at[0], at[1], side * apart], [side * tilt, 0, 0]));
}

function horse(): Solid[] {
  return [
    ...quadruped({
      body: [0.95, 0.42, 0.36], height: 1.4, legs: [0.17, 0.09], stride: 0.16,
      neck: [[0.7, 1.55, 0], [1.25, 2.25, 0]], neckRadius: [0.32, 0.18],
      head: [0.26, 0.2, 0.16], snout: [0.42, 0.12, 0.38],
      tail: [[-0.9, 1.6, 0], [-1.25, 1.3, 0], [-1.3, 0.65, 0]], tailRadius: [0.1, 0.14],
    }),
    ...ears([1.28, 2.48, 0], [0.05, 0.14, 0.05], 0.1),
    box([0.16, 0.75, 0.07], [0.85, 2.08, 0], [0, 0, 38]),
  ];
}

function elephant(): Solid[] {
  return [
    ...quadruped({
      body: [1.05, 0.72, 0.6], height: 1.35, legs: [0.3, 0.25], stride: 0.08,
      neck: [[0.9, 1.6, 0], [1.2, 1.75, 0]], neckRadius: [0.5, 0.45],
      head: [0.42, 0.48, 0.4], snout: [0.1, 0.2, 0.2],
      tail: [[-1.1, 1.5, 0], [-1.3, 0.8, 0]], tailRadius: [0.07, 0.05],
    }),
    ...limb([[1.75, 1.6, 0], [2.0, 1.1, 0], [2.05, 0.55, 0], [2.3, 0.35, 0]], 0.2, 0.1),
    ...bothSides((side) => [
      ball([0.12, 0.55, 0.42], [1.15, 1.75, side * 0.62], [0, side * 25, 0]),
      ...limb([[1.7, 1.4, side * 0.24], [2.2, 1.25, side * 0.3]], 0.08, 0.04),
    ]),
  ];
}

function dog(): Solid[] {
  return [
    ...quadruped({
      body: [0.75, 0.34, 0.28], height: 0.95, legs: [0.14, 0.09], stride: 0.1,
      neck: [[0.6, 1.1, 0], [0.92, 1.42, 0]], neckRadius: [0.24, 0.2],
      head: [0.27, 0.25, 0.22], snout: [0.34, 0.1, 0.1],
      tail: [[-0.72, 1.1, 0], [-1.05, 1.45, 0], [-0.95, 1.7, 0]], tailRadius: [0.09, 0.05],
    }),
    ...ears([0.98, 1.38, 0], [0.08, 0.24, 0.06], 0.25, -15),
  ];
}

function kangaroo(): Solid[] {
  return [
    ball([0.5, 0.75, 0.42], [-0.05, 1.25, 0], [0, 0, -22]),
    ball([0.32, 0.5, 0.3], [0.2, 1.9, 0], [0, 0, -15]),
    ...limb([[0.3, 2.2, 0], [0.42, 2.55, 0]], 0.18, 0.15),
    ball([0.28, 0.2, 0.17], [0.55, 2.65, 0], [0, 0, -20]),
    ...limb([[0.6, 2.62, 0], [0.95, 2.48, 0]], 0.14, 0.08),
    ...ears([0.42, 2.98, 0], [0.07, 0.3, 0.09], 0.13, 12),
    ...limb([[-0.35, 0.85, 0], [-0.9, 0.4, 0], [-1.75, 0.2, 0]], 0.3, 0.09),
    ...bothSides((side) => [
      ball([0.42, 0.36, 0.18], [0.05, 0.85, side * 0.38], [0, 0, 30]),
      ...limb([[0.2, 0.7, side * 0.4], [-0.2, 0.3, side * 0.4], [0, 0.1, side * 0.4]], 0.15, 0.1),
      ball([0.5, 0.1, 0.13], [0.3, 0.1, side * 0.4]),
      ...limb([[0.35, 1.95, side * 0.28], [0.55, 1.6, side * 0.32], [0.85, 1.65, side * 0.22]], 0.1, 0.06),
    ]),
  ];
}

function lion(): Solid[] {
  return [
    ...quadruped({
      body: [0.95, 0.42, 0.36], height: 1.05, legs: [0.2, 0.15], stride: 0.14,
      neck: [[0.75, 1.25, 0], [1.0, 1.45, 0]], neckRadius: [0.36, 0.34],
      head: [0.3, 0.3, 0.28], snout: [0.2, 0.16, 0.1],
      tail: [[-0.95, 1.15, 0], [-1.5, 0.85, 0], [-1.75, 1.1, 0]], tailRadius: [0.08, 0.06],
    }),
    ball([0.36, 0.62, 0.58], [0.98, 1.42, 0], [0, 0, 15]),
    ball([0.16, 0.12, 0.12], [-1.78, 1.15, 0]),
  ];
}

function cow(): Solid[] {
  return [
    ...quadruped({
      body: [1.1, 0.54, 0.48], height: 1.2, legs: [0.18, 0.12], stride: 0.08,
      neck: [[0.95, 1.35, 0], [1.35, 1.55, 0]], neckRadius: [0.36, 0.26],
      head: [0.3, 0.25, 0.22], snout: [0.36, 0.18, 0.26],
      tail: [[-1.12, 1.45, 0], [-1.3, 1.1, 0], [-1.28, 0.55, 0]], tailRadius: [0.06, 0.09],
    }),
    ball([0.25, 0.18, 0.2], [-0.55, 0.68, 0]),
    ...bothSides((side) => [
      ...limb([[1.4, 1.75, side * 0.16], [1.42, 1.86, side * 0.42], [1.5, 2.05, side * 0.46]], 0.08, 0.03),
      ball([0.07, 0.1, 0.2], [1.32, 1.62, side * 0.36]),
    ]),
  ];
}

function deer(): Solid[] {
  const antler = (side: number): Solid[] => [
    ...limb([[0.98, 2.3, side * 0.1], [0.85, 2.65, side * 0.38], [1.0, 3.05, side * 0.45]], 0.06, 0.04),
    ...limb([[0.85, 2.65, side * 0.38], [1.15, 2.8, side * 0.38]], 0.05, 0.03),
    ...limb([[0.92, 2.85, side * 0.42], [0.62, 3.05, side * 0.55]], 0.05, 0.03),
  ];
  return [
    ...quadruped({
      body: [0.8, 0.34, 0.27], height: 1.35, legs: [0.12, 0.06], stride: 0.14,
      neck: [[0.65, 1.5, 0], [0.95, 2.1, 0]], neckRadius: [0.22, 0.14],
      head: [0.22, 0.17, 0.14], snout: [0.32, 0.08, 0.18],
      tail: [[-0.8, 1.5, 0], [-0.95, 1.4, 0]], tailRadius: [0.1, 0.07],
    }),
    ...bothSides(antler),
    ...ears([0.85, 2.28, 0], [0.06, 0.08, 0.16], 0.24),
  ];
}

function dinosaur(): Solid[] {
  return [
    ball([0.95, 0.52, 0.42], [0, 1.55, 0], [0, 0, 22]),
    ...limb([[0.6, 1.9, 0], [0.85, 2.35, 0]], 0.34, 0.27),
    ball([0.42, 0.32, 0.27], [1.05, 2.5, 0]),
    box([0.62, 0.24, 0.36], [1.5, 2.5, 0], [0, 0, -6]),
    box([0.5, 0.1, 0.3], [1.4, 2.25, 0], [0, 0, -18]),
    ...limb([[-0.6, 1.35, 0], [-1.3, 1.15, 0], [-2.1, 1.3, 0]], 0.4, 0.06),
    ...bothSides((side) => [
      ball([0.4, 0.46, 0.22], [-0.1, 1.25, side * 0.36]),
      ...limb([[-0.05, 1.05, side * 0.4], [0.2, 0.7, side * 0.42], [-0.1, 0.2, side * 0.42]], 0.2, 0.12),
      box([0.55, 0.14, 0.28], [0.08, 0.08, side * 0.42]),
      ...limb([[0.75, 1.75, side * 0.36], [0.95, 1.5, side * 0.4], [1.15, 1.6, side * 0.36]], 0.08, 0.05),
    ]),
  ];
}

function bear(): Solid[] {
  return [
    ...quadruped({
      body: [0.95, 0.58, 0.5], height: 1.05, legs: [0.27, 0.22], stride: 0.16, shoulders: 0.1,
      neck: [[0.8, 1.25, 0], [1.1, 1.3, 0]], neckRadius: [0.42, 0.36],
      head: [0.36, 0.34, 0.34], snout: [0.24, 0.14, 0.12],
      tail: [[-0.95, 1.15, 0], [-1.05, 1.15, 0]], tailRadius: [0.14, 0.1],
    }),
    ...ears([1.15, 1.64, 0], [0.07, 0.13, 0.12], 0.24),
  ];
}

function rhinoceros(): Solid[] {
  return [
    ...quadruped({
      body: [1.15, 0.62, 0.54], height: 1.15, legs: [0.26, 0.21], stride: 0.06, shoulders: 0.08,
      neck: [[1.0, 1.25, 0], [1.4, 1.15, 0]], neckRadius: [0.48, 0.36],
      head: [0.4, 0.32, 0.3], snout: [0.5, 0.22, 0.22],
      tail: [[-1.15, 1.3, 0], [-1.35, 0.8, 0]], tailRadius: [0.08, 0.04],
    }),
    rod([2.25, 1.1, 0], [2.45, 1.72, 0], 0.15, 0.01),
    rod([1.95, 1.25, 0], [2.02, 1.58, 0], 0.12, 0.01),
    ...ears([1.4, 1.62, 0], [0.08, 0.17, 0.07], 0.24, 15),
  ];
}

/** Ten animals. */
export const animals: readonly Toy[] = [
  { name: 'horse', build: horse },
  { name: 'elephant', build: elephant },
  { name: 'dog', build: dog },
  { name: 'kangaroo', build: kangaroo },
  { name: 'lion', build: lion },
  { name: 'cow', build: cow },
  { name: 'deer', build: deer },
  { name: 'dinosaur', build: dinosaur },
  { name: 'bear', build: bear },
  { name: 'rhinoceros', build: rhinoceros },
];
