import { car, type Outline } from './car.ts';
import { ball, bothSides, box, limb, ring, rod, type Solid } from './solids.ts';

export function sedan(): Solid[] {
  return car({
    body: [
      [-1.9, 0.35],
      [-1.85, 0.25],
      [1.8, 0.25],
      [1.92, 0.4],
      [1.85, 0.66],
      [0.8, 0.78],
      [-1.1, 0.8],
      [-1.9, 0.74],
    ],
    cabin: [
      [-1.25, 0.75],
      [0.95, 0.75],
      [0.35, 1.22],
      [-0.75, 1.22],
    ],
    widths: [1.4, 1.2],
    axles: [1.15, -1.15],
    wheels: [0.3, 0.24],
  });
}

export function sportsCar(): Solid[] {
  return [
    ...car({
      body: [
        [-1.8, 0.3],
        [-1.7, 0.2],
        [1.75, 0.2],
        [1.95, 0.3],
        [1.2, 0.58],
        [0.4, 0.64],
        [-1.2, 0.74],
        [-1.8, 0.68],
      ],
      cabin: [
        [-1.3, 0.66],
        [0.7, 0.62],
        [-0.05, 0.98],
        [-0.6, 0.98],
      ],
      widths: [1.45, 1.15],
      axles: [1.15, -1.15],
      wheels: [0.31, 0.3],
    }),
    box([0.3, 0.06, 1.4], [-1.7, 0.98, 0]),
    ...bothSides((side) => box([0.12, 0.3, 0.08], [-1.68, 0.82, side * 0.5])),
  ];
}

export function offRoader(): Solid[] {
  return [
    ...car({
      body: [
        [-1.65, 0.45],
        [1.6, 0.45],
        [1.68, 0.6],
        [1.62, 0.98],
        [0.75, 1.05],
        [-1.65, 1.05],
      ],
      cabin: [
        [-1.62, 1.0],
        [0.8, 1.0],
        [0.4, 1.55],
        [-1.52, 1.55],
      ],
      widths: [1.4, 1.28],
      axles: [1.05, -1.05],
      wheels: [0.4, 0.28],
    }),
    rod([-1.72, 1.0, -0.15], [-1.95, 1.0, -0.15], 0.38, 0.38, 14),
    ...bothSides((side) => box([1.6, 0.06, 0.06], [-0.6, 1.63, side * 0.5])),
  ];
}

export function beetle(): Solid[] {
  const arc = (
    from: number,
    to: number,
    radiusX: number,
    radiusY: number,
    middle: number,
  ): Outline =>
    Array.from({ length: 9 }, (_, i) => {
      const angle = ((from + ((to - from) * i) / 8) * Math.PI) / 180;
      return [middle + radiusX * Math.cos(angle), 0.55 + radiusY * Math.sin(angle)] as const;
    });
  return [
    ...car({
      body: [[-1.5, 0.28], [1.5, 0.28], ...arc(0, 180, 1.6, 0.42, 0)],
      cabin: [[-1.3, 0.6], [0.85, 0.6], ...arc(15, 165, 1.0, 0.82, -0.2)],
      widths: [1.15, 1.05],
      axles: [1.0, -1.0],
      wheels: [0.32, 0.24],
    }),
    ...[1.0, -1.0].flatMap((x) =>
      bothSides((side) => ball([0.5, 0.4, 0.22], [x, 0.42, side * 0.56])),
    ),
    ...bothSides((side) => ball(0.14, [1.42, 0.66, side * 0.42])),
  ];
}

export function convertible(): Solid[] {
  return [
    ...car({
      body: [
        [-1.85, 0.35],
        [-1.75, 0.24],
        [1.8, 0.24],
        [1.95, 0.45],
        [1.85, 0.66],
        [0.5, 0.74],
        [-1.8, 0.78],
      ],
      cabin: [
        [0.42, 0.7],
        [0.56, 0.7],
        [0.24, 1.1],
        [0.16, 1.1],
      ],
      widths: [1.4, 1.2],
      axles: [1.2, -1.15],
      wheels: [0.31, 0.25],
    }),
    ...bothSides((side) => [
      box([0.14, 0.5, 0.42], [-0.6, 0.95, side * 0.32], [0, 0, 12]),
      ...limb(
        [
          [1.75, 0.66, side * 0.5],
          [-1.6, 0.84, side * 0.6],
        ],
        0.1,
        0.12,
      ),
    ]),
    ring(0.17, 0.035, [0.1, 0.92, 0.32], [0, 90, 20]),
    box([0.5, 0.14, 1.1], [-1.2, 0.86, 0]),
  ];
}
