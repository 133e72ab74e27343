import { strongestFilters } from '@deepbelief/pictures';
import type { HiddenActivity, Rbm } from '@deepbelief/rbm';
import type { Filters } from './protocol.ts';

/** The most filters in a sheet. */
const MOST = 256;

/** A weight of this many times the sheet's root mean square gets the strongest color. */
const BRIGHTEST = 4;

/**
 * Returns the weights of the top layer's units in pixels, the longest first and dead units last.
 *
 * @param layers the stack up to and including that layer
 * @param activity of the top layer on some examples
 */
export async function filters(
  layers: readonly Rbm[],
  activity: HiddenActivity,
  width: number,
  height: number,
): Promise<Filters> {
  const { perUnit, activePerUnit } = activity;
  const dead = Uint8Array.from(activePerUnit, (active) => (active === 0 ? 1 : 0));
  const { units, values } = await strongestFilters(layers, {
    limit: MOST,
    order: 'norm',
    last: dead,
  });
  return {
    count: units.length,
    width,
    height,
    pixels: shades(values),
    units,
    dead: Uint8Array.from(units, (unit) => dead[unit]!),
    activity: Float32Array.from(units, (unit) => perUnit[unit]!),
    projected: layers.length > 1,
  };
}

function shades(weights: Float32Array): Uint8Array<ArrayBuffer> {
  let squares = 0;
  for (let i = 0; i < weights.length; i++) squares += weights[i]! * weights[i]!;
  const scale = 127 / (BRIGHTEST * Math.sqrt(squares / weights.length) || 1);
  const pixels = new Uint8Array(weights.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = 128 + Math.min(127, Math.max(-127, Math.round(weights[i]! * scale)));
  }
  return pixels;
}
