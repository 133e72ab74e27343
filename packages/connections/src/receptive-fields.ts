import { argumentError, checkNumber, shown } from '@deepbelief/checks';
import { foldKey, randomKey, uniforms } from '@deepbelief/random';

/** Options that say which part of a picture each unit sees. */
export interface ReceptiveFields {
  /** Shape of the pictures that are the layer's inputs, in the order of its weights' rows. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Side of the square, in pixels. */
  readonly side: number;
  /** Seed for the places of the squares. Default 0. */
  readonly seed?: number;
}

/**
 * Throws a RangeError unless the shape is that of the inputs and the square fits into the picture.
 *
 * @param where the caller, for errors
 */
export function checkReceptiveFields(
  where: string,
  { shape, side, seed = 0 }: ReceptiveFields,
  inputs: number,
): void {
  if (!Array.isArray(shape) || shape.length !== 3) {
    throw argumentError(`${where}: shape is ${shown(shape)}, expected [height, width, channels]`);
  }
  for (const extent of shape)
    checkNumber(where, 'shape', extent as number, { low: 1, whole: true });
  checkNumber(where, 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  const [height, width, channels] = shape as readonly [number, number, number];
  if (height * width * channels !== inputs) {
    throw argumentError(
      `${where}: shape is ${shape.join('×')}, ${height * width * channels} values, ` +
        `expected the layer's ${inputs} inputs`,
    );
  }
  checkNumber(where, 'side', side, { low: 1, high: Math.min(height, width), whole: true });
}

/**
 * Gives each unit a square of the picture at its own random place, with all channels. Squares may
 * extend beyond the edges by a third of their side, so that pixels there are seen about as often as
 * others.
 *
 * @param where the caller, for errors
 * @returns a matrix [inputs, units], row by row: 0 if a unit does not see an input, and √(inputs /
 *   inputs that it sees) if it does. Random weights times these give the units' inputs the same
 *   variance as weights to all inputs would
 * @throws RangeError if the shape is not that of the inputs, or the square is larger than the
 *   picture
 */
export function receptiveFields(
  where: string,
  { shape, side, seed = 0 }: ReceptiveFields,
  inputs: number,
  units: number,
): Float32Array {
  checkReceptiveFields(where, { shape, side, seed }, inputs);
  const [height, width, channels] = shape;
  const overhang = Math.floor(side / 3);
  const places = uniforms(foldKey(randomKey(seed), 'fields'), 2 * units);
  const place = (uniform: number, length: number): number =>
    Math.floor(uniform * (length - side + 2 * overhang + 1)) - overhang;
  const factors = new Float32Array(inputs * units);
  for (let unit = 0; unit < units; unit++) {
    const [top, left] = [place(places[2 * unit]!, height), place(places[2 * unit + 1]!, width)];
    const [bottom, right] = [Math.min(top + side, height), Math.min(left + side, width)];
    const seen = (bottom - Math.max(top, 0)) * (right - Math.max(left, 0)) * channels;
    const factor = Math.sqrt(inputs / seen);
    for (let y = Math.max(top, 0); y < bottom; y++) {
      const [from, to] = [y * width + Math.max(left, 0), y * width + right];
      for (let i = from * channels; i < to * channels; i++) factors[i * units + unit] = factor;
    }
  }
  return factors;
}
