import { argumentError } from '@deepbelief/checks';
import { createCanvas } from './canvas.ts';
import type { View } from './render-toy.ts';
import { modelOf, toys } from './toys.ts';

/** Pictures of all toys, to lay out in rows. */
export interface ContactSheet {
  /** Height and width of a picture, in pixels. */
  readonly side: number;
  /** Pictures per row: the ten toys of a category. */
  readonly columns: number;
  /** [rows · columns · side · side], brightness from 0 to 1, one picture after another. */
  readonly values: Float32Array;
}

/** From the front at the lowest elevation, and from behind and above. */
const VIEWS: readonly View[] = [
  { elevation: 30, azimuth: 320, lighting: 0 },
  { elevation: 60, azimuth: 110, lighting: 3 },
];

/**
 * Draws every toy as the left eye sees it on a plain table. Each category (animals, humans, planes,
 * trucks, cars) has two rows from different sides, in the order of the instances 0 to 9.
 *
 * @param side height and width of each picture, in pixels, 8 to 1024
 */
export function contactSheet(side: number = 96): ContactSheet {
  if (!Number.isInteger(side) || side < 8 || side > 1024) {
    throw argumentError(`contactSheet: side is ${side}, expected a whole number from 8 to 1024`);
  }
  const canvas = createCanvas(side);
  const columns = toys[0]!.length;
  const values = new Float32Array(toys.length * VIEWS.length * columns * side * side);
  let at = 0;
  for (const category of toys) {
    for (const view of VIEWS) {
      for (const toy of category) {
        canvas.pictures[0].fill(0.72);
        canvas.add(modelOf(toy), view, { shift: [0, 0], size: 1, roll: 0, albedo: 0.85 });
        values.set(
          canvas.pictures[0].map((value) => Math.min(1, value)),
          at,
        );
        at += side * side;
      }
    }
  }
  return { side, columns, values };
}
