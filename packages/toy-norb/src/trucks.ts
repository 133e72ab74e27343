import { ball, bothSides, box, limb, rod, slab, wheel, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

/** A chassis with wheels: [x of each axle], half the track, radius and width of the wheels. */
function chassis(
  axles: readonly number[],
  track: number,
  radius: number,
  width: number,
  from: number,
  to: number,
): Solid[] {
  return [
    box([to - from, 0.22, track * 1.5], [(from + to) / 2, radius + 0.12, 0]),
    ...axles.flatMap((x) => bothSides((side) => wheel(radius, width, [x, radius, side * track]))),
  ];
}

/** A cab with its front at x, seen from the side: flat-nosed if `bonnet` is 0. */
function cab(
  front: number,
  floor: number,
  length: number,
  height: number,
  width: number,
  bonnet = 0,
): Solid[] {
  const back = front - length - bonnet;
  const top = floor + height;
  const hood = floor + height * 0.48;
  const outline: (readonly [number, number])[] =
    bonnet === 0
      ? [
          [back, floor],
          [front, floor],
          [front, floor + height * 0.45],
          [front - 0.18, top],
          [back, top],
        ]
      : [
          [back, floor],
          [front, floor],
          [front, hood - 0.06],
          [front - bonnet, hood],
          [front - bonnet - 0.25, top],
          [back, top],
        ];
  return [slab(outline, width), box([0.1, 0.16, width * 1.02], [front, floor + 0.08, 0])];
}

function dumpTruck(): Solid[] {
  return [
    ...chassis([1.25, -0.6, -1.15], 0.58, 0.34, 0.28, -1.6, 1.7),
    ...cab(1.85, 0.5, 0.85, 1.15, 1.25),
    slab(
      [
        [-1.75, 0.75],
        [0.75, 0.75],
        [0.95, 1.75],
        [-1.95, 1.5],
      ],
      1.35,
    ),
    slab(
      [
        [0.7, 1.65],
        [1.6, 1.75],
        [1.6, 1.85],
        [0.7, 1.78],
      ],
      1.2,
    ),
  ];
}

function fireEngine(): Solid[] {
  return [
    ...chassis([1.35, -0.9], 0.55, 0.34, 0.26, -1.75, 1.9),
    ...cab(2.0, 0.45, 1.05, 1.1, 1.2),
    box([2.5, 0.85, 1.2], [-0.45, 0.95, 0]),
    ...bothSides((side) => rod([-2.0, 1.7, side * 0.2], [1.5, 1.85, side * 0.2], 0.06)),
    ...Array.from({ length: 8 }, (_, i) =>
      rod([-1.7 + i * 0.42, 1.72, -0.2], [-1.7 + i * 0.42, 1.72, 0.2], 0.045),
    ),
    box([0.3, 0.2, 0.7], [1.5, 1.65, 0]),
    rod([-1.4, 1.35, 0], [-1.4, 1.7, 0], 0.3),
  ];
}

function boxTruck(): Solid[] {
  return [
    ...chassis([1.25, -1.0], 0.56, 0.34, 0.26, -1.7, 1.6),
    ...cab(1.85, 0.45, 0.75, 1.05, 1.2, 0.2),
    box([2.45, 1.55, 1.4], [-0.5, 1.4, 0]),
    slab(
      [
        [0.7, 1.6],
        [1.25, 1.6],
        [0.72, 2.15],
      ],
      1.2,
    ),
  ];
}

function pickup(): Solid[] {
  return [
    ...chassis([1.2, -1.05], 0.56, 0.36, 0.26, -1.7, 1.8),
    ...cab(1.85, 0.4, 0.95, 1.1, 1.2, 0.85),
    box([1.7, 0.12, 1.2], [-0.85, 0.55, 0]),
    ...bothSides((side) => box([1.75, 0.5, 0.1], [-0.85, 0.75, side * 0.58])),
    box([0.1, 0.5, 1.2], [-1.7, 0.75, 0]),
  ];
}

function semitrailer(): Solid[] {
  return [
    ...chassis([1.85, 0.75, 0.3], 0.55, 0.31, 0.25, 0.1, 2.2),
    ...cab(2.4, 0.45, 0.7, 1.3, 1.15, 0.55),
    ...bothSides((side) => rod([1.05, 0.8, side * 0.5], [1.05, 2.0, side * 0.5], 0.07)),
    ...chassis([-1.3, -1.75], 0.55, 0.31, 0.25, -2.2, 0.7),
    box([3.05, 1.3, 1.25], [-0.75, 1.4, 0]),
  ];
}

function tanker(): Solid[] {
  return [
    ...chassis([1.35, -0.65, -1.2], 0.55, 0.34, 0.26, -1.85, 1.8),
    ...cab(2.0, 0.48, 0.8, 1.1, 1.2),
    rod([-1.85, 1.2, 0], [1.0, 1.2, 0], 0.58, 0.58, 16),
    ball([0.22, 0.58, 0.58], [-1.85, 1.2, 0]),
    ball([0.22, 0.58, 0.58], [1.0, 1.2, 0]),
    ...[-1.2, -0.4, 0.4].map((x) => rod([x, 1.7, 0], [x, 1.9, 0], 0.17)),
  ];
}

function mixer(): Solid[] {
  return [
    ...chassis([1.35, -0.6, -1.15], 0.56, 0.35, 0.27, -1.7, 1.8),
    ...cab(1.95, 0.5, 0.8, 1.15, 1.2),
    rod([0.95, 1.15, 0], [0.2, 1.3, 0], 0.35, 0.72, 16),
    rod([0.2, 1.3, 0], [-0.7, 1.5, 0], 0.72, 0.68, 16),
    rod([-0.7, 1.5, 0], [-1.6, 1.75, 0], 0.68, 0.28, 16),
    slab(
      [
        [-1.75, 0.7],
        [-1.35, 0.7],
        [-1.5, 1.5],
        [-1.85, 1.75],
      ],
      0.6,
    ),
    slab(
      [
        [0.75, 0.7],
        [1.05, 0.7],
        [1.05, 1.5],
        [0.75, 1.4],
      ],
      0.8,
    ),
  ];
}

function flatbed(): Solid[] {
  return [
    ...chassis([1.35, -0.95], 0.56, 0.33, 0.26, -1.9, 1.7),
    ...cab(2.05, 0.45, 0.75, 1.1, 1.2, 0.6),
    box([2.7, 0.14, 1.35], [-0.7, 0.78, 0]),
    box([0.12, 0.7, 1.3], [0.6, 1.1, 0]),
    ...[-0.27, 0.27].flatMap((z) => [rod([-1.9, 1.08, z], [0.5, 1.08, z], 0.24, 0.24, 12)]),
    rod([-1.9, 1.5, 0], [0.5, 1.5, 0], 0.24, 0.24, 12),
  ];
}

function armyTruck(): Solid[] {
  const canvas = Array.from(
    { length: 9 },
    (_, i) =>
      [0.62 * Math.cos((Math.PI * i) / 8), 1.3 + 0.55 * Math.sin((Math.PI * i) / 8)] as const,
  );
  return [
    ...chassis([1.3, -0.55, -1.2], 0.56, 0.38, 0.27, -1.7, 1.8),
    ...cab(1.95, 0.55, 0.65, 1.0, 1.15, 0.65),
    slab([[-0.62, 0.75], [0.62, 0.75], ...canvas], 2.3, [-0.6, 0, 0], [0, 90, 0]),
  ];
}

function crane(): Solid[] {
  return [
    ...chassis([1.4, 0.75, -0.7, -1.25], 0.55, 0.32, 0.26, -1.8, 1.9),
    ...cab(2.05, 0.42, 0.75, 0.95, 1.15),
    box([2.6, 0.3, 1.2], [-0.45, 0.8, 0]),
    box([0.9, 0.7, 0.9], [-0.85, 1.3, 0]),
    ...limb(
      [
        [-0.9, 1.65, 0],
        [0.6, 2.0, 0],
        [2.2, 2.45, 0],
      ],
      0.17,
      0.11,
    ),
    rod([2.15, 2.4, 0], [2.15, 1.7, 0], 0.04),
    ball([0.13, 0.17, 0.13], [2.15, 1.62, 0]),
  ];
}

/** Ten trucks. */
export const trucks: readonly Toy[] = [
  { name: 'dump truck', build: dumpTruck },
  { name: 'fire engine', build: fireEngine },
  { name: 'box truck', build: boxTruck },
  { name: 'pickup', build: pickup },
  { name: 'semitrailer', build: semitrailer },
  { name: 'tanker', build: tanker },
  { name: 'mixer', build: mixer },
  { name: 'flatbed', build: flatbed },
  { name: 'army truck', build: armyTruck },
  { name: 'crane', build: crane },
];
