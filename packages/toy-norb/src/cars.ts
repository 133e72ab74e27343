import { ball, bothSides, box, limb, ring, rod, slab, wheel, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

type Outline = readonly (readonly [x: number, y: number])[];

/** Measures of a car; its middle is at x = 0. */
interface Car {
  /** The lower body from the side. */
  readonly body: Outline;
  /** The roof and windows from the side. */
  readonly cabin: Outline;
  /** Widths of the body and of the cabin. */
  readonly widths: readonly [number, number];
  /** x of the front and the rear axle, radius and width of the wheels. */
  readonly axles: readonly [number, number];
  readonly wheels: readonly [number, number];
}

function car({ body, cabin, widths, axles, wheels }: Car): Solid[] {
  const [width, narrow] = widths;
  return [
    slab(body, width),
    slab(cabin, narrow),
    ...axles.flatMap((x) => bothSides((side) => wheel(...wheels, [x, wheels[0], side * (width / 2 - wheels[1] * 0.25)]))),
  ];
}

function sedan(): Solid[] {
  return car({
    body: [[-1.9, 0.35], [-1.85, 0.25], [1.8, 0.25], [1.92, 0.4], [1.85, 0.66], [0.8, 0.78], [-1.1, 0.8], [-1.9, 0.74]],
    cabin: [[-1.25, 0.75], [0.95, 0.75], [0.35, 1.22], [-0.75, 1.22]],
    widths: [1.4, 1.2], axles: [1.15, -1.15], wheels: [0.3, 0.24],
  });
}

function sportsCar(): Solid[] {
  return [
    ...car({
      body: [[-1.8, 0.3], [-1.7, 0.2], [1.75, 0.2], [1.95, 0.3], [1.2, 0.58], [0.4, 0.64], [-1.2, 0.74], [-1.8, 0.68]],
      cabin: [[-1.3, 0.66], [0.7, 0.62], [-0.05, 0.98], [-0.6, 0.98]],
      widths: [1.45, 1.15], axles: [1.15, -1.15], wheels: [0.31, 0.3],
    }),
    box([0.3, 0.06, 1.4], [-1.7, 0.98, 0]),
    ...bothSides((side) => box([0.12, 0.3, 0.08], [-1.68, 0.82, side * 0.5])),
  ];
}

function offRoader(): Solid[] {
  return [
    ...car({
      body: [[-1.65, 0.45], [1.6, 0.45], [1.68, 0.6], [1.62, 0.98], [0.75, 1.05], [-1.65, 1.05]],
      cabin: [[-1.62, 1.0], [0.8, 1.0], [0.4, 1.55], [-1.52, 1.55]],
      widths: [1.4, 1.28], axles: [1.05, -1.05], wheels: [0.4, 0.28],
    }),
    rod([-1.72, 1.0, -0.15], [-1.95, 1.0, -0.15], 0.38, 0.38, 14),
    ...bothSides((side) => box([1.6, 0.06, 0.06], [-0.6, 1.63, side * 0.5])),
  ];
}

function beetle(): Solid[] {
  const arc = (from: number, to: number, radiusX: number, radiusY: number, middle: number): Outline =>
    Array.from({ length: 9 }, (_, i) => {
      const angle = ((from + ((to - from) * i) / 8) * Math.PI) / 180;
      return [middle + radiusX * Math.cos(angle), 0.55 + radiusY * Math.sin(angle)] as const;
    });
  return [
    ...car({
      body: [[-1.5, 0.28], [1.5, 0.28], ...arc(0, 180, 1.6, 0.42, 0)],
      cabin: [[-1.3, 0.6], [0.85, 0.6], ...arc(15, 165, 1.0, 0.82, -0.2)],
      widths: [1.15, 1.05], axles: [1.0, -1.0], wheels: [0.32, 0.24],
    }),
    ...[1.0, -1.0].flatMap((x) => bothSides((side) => ball([0.5, 0.4, 0.22], [x, 0.42, side * 0.56]))),
    ...bothSides((side) => ball(0.14, [1.42, 0.66, side * 0.42])),
  ];
}

function hatchback(): Solid[] {
  return car({
    body: [[-1.45, 0.3], [1.5, 0.28], [1.62, 0.45], [1.5, 0.7], [0.75, 0.84], [-1.5, 0.88]],
    cabin: [[-1.48, 0.82], [0.95, 0.78], [0.3, 1.34], [-1.1, 1.34]],
    widths: [1.35, 1.2], axles: [1.0, -0.95], wheels: [0.3, 0.22],
  });
}

function convertible(): Solid[] {
  return [
    ...car({
      body: [[-1.85, 0.35], [-1.75, 0.24], [1.8, 0.24], [1.95, 0.45], [1.85, 0.66], [0.5, 0.74], [-1.8, 0.78]],
      cabin: [[0.42, 0.7], [0.56, 0.7], [0.24, 1.1], [0.16, 1.1]],
      widths: [1.4, 1.2], axles: [1.2, -1.15], wheels: [0.31, 0.25],
    }),
    ...bothSides((side) => [
      box([0.14, 0.5, 0.42], [-0.6, 0.95, side * 0.32], [0, 0, 12]),
      ...limb([[1.75, 0.66, side * 0.5], [-1.6, 0.84, side * 0.6]], 0.1, 0.12),
    ]),
    ring(0.17, 0.035, [0.1, 0.92, 0.32], [0, 90, 20]),
    box([0.5, 0.14, 1.1], [-1.2, 0.86, 0]),
  ];
}

function muscleCar(): Solid[] {
  return [
    ...car({
      body: [[-2.0, 0.4], [-1.9, 0.26], [1.9, 0.26], [2.02, 0.4], [2.0, 0.72], [0.5, 0.82], [-1.3, 0.84], [-2.0, 0.8]],
      cabin: [[-1.6, 0.78], [0.6, 0.78], [-0.05, 1.16], [-0.65, 1.16]],
      widths: [1.5, 1.2], axles: [1.3, -1.2], wheels: [0.33, 0.28],
    }),
    box([0.7, 0.14, 0.5], [1.1, 0.84, 0]),
  ];
}

function estate(): Solid[] {
  return [
    ...car({
      body: [[-1.95, 0.35], [-1.9, 0.26], [1.8, 0.26], [1.92, 0.42], [1.85, 0.68], [0.8, 0.8], [-1.95, 0.84]],
      cabin: [[-1.92, 0.78], [0.95, 0.76], [0.35, 1.25], [-1.75, 1.25]],
      widths: [1.4, 1.22], axles: [1.15, -1.15], wheels: [0.3, 0.24],
    }),
    ...bothSides((side) => box([1.9, 0.05, 0.05], [-0.75, 1.32, side * 0.5])),
  ];
}

function jeep(): Solid[] {
  return [
    ...car({
      body: [[-1.45, 0.45], [1.4, 0.45], [1.45, 0.95], [0.45, 1.0], [0.4, 0.72], [-0.6, 0.72], [-0.7, 0.95], [-1.45, 0.95]],
      cabin: [[0.42, 0.95], [0.5, 0.95], [0.4, 1.5], [0.32, 1.5]],
      widths: [1.2, 1.15], axles: [0.95, -0.9], wheels: [0.39, 0.26],
    }),
    ...bothSides((side) => [
      box([0.85, 0.1, 0.34], [0.98, 0.85, side * 0.66]),
      box([0.75, 0.1, 0.34], [-0.95, 0.88, side * 0.66]),
      box([0.14, 0.45, 0.4], [-0.3, 0.98, side * 0.3]),
    ]),
    ...limb([[-0.75, 0.95, 0.52], [-0.75, 1.55, 0.5], [-0.75, 1.55, -0.5], [-0.75, 0.95, -0.52]], 0.06),
    rod([-1.5, 0.85, 0], [-1.7, 0.85, 0], 0.36, 0.36, 14),
  ];
}

function minivan(): Solid[] {
  return car({
    body: [[-1.75, 0.32], [1.65, 0.3], [1.8, 0.5], [1.68, 0.78], [1.2, 0.92], [-1.78, 0.95]],
    cabin: [[-1.74, 0.9], [1.3, 0.86], [0.45, 1.52], [-1.6, 1.55]],
    widths: [1.45, 1.3], axles: [1.1, -1.1], wheels: [0.31, 0.24],
  });
}

/** Ten cars. */
export const cars: readonly Toy[] = [
  { name: 'sedan', build: sedan },
  { name: 'sports car', build: sportsCar },
  { name: 'off-roader', build: offRoader },
  { name: 'beetle', build: beetle },
  { name: 'hatchback', build: hatchback },
  { name: 'convertible', build: convertible },
  { name: 'muscle car', build: muscleCar },
  { name: 'estate', build: estate },
  { name: 'jeep', build: jeep },
  { name: 'minivan', build: minivan },
];
