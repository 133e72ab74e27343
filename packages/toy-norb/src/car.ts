import { bothSides, slab, wheel, type Solid } from './solids.ts';

export type Outline = readonly (readonly [x: number, y: number])[];

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

export function car({ body, cabin, widths, axles, wheels }: Car): Solid[] {
  const [width, narrow] = widths;
  return [
    slab(body, width),
    slab(cabin, narrow),
    ...axles.flatMap((x) =>
      bothSides((side) => wheel(...wheels, [x, wheels[0], side * (width / 2 - wheels[1] * 0.25)])),
    ),
  ];
}
