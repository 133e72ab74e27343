import type { HiddenActivity, Rbm } from '@deepbelief/rbm';
import { square, sum, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Filters } from './protocol.ts';
import { unitsInData } from './stack-view.ts';

/** Filters that a sheet shows at most. */
const MOST = 256;

/** A weight of so many times the sheet's root mean square is as bright or dark as can be. */
const BRIGHTEST = 4;

/**
 * The weights of the top layer's units in pixels, longest first, dead ones last.
 *
 * @param layers the stack up to and with that layer
 * @param activity of the top layer on some examples
 */
export async function filters(
  layers: readonly Rbm[],
  activity: HiddenActivity,
  width: number,
  height: number,
): Promise<Filters> {
  const top = layers.at(-1)!;
  const { perUnit, activePerUnit } = activity;
  const lengthTensor = tidy(() => sum<Tensor1D>(square(top.weights), 0));
  const lengths = (await lengthTensor.data()) as Float32Array;
  lengthTensor.dispose();
  const isDead = (unit: number): number => (activePerUnit[unit] === 0 ? 1 : 0);
  const units = Uint32Array.from(lengths, (_, unit) => unit)
    .toSorted((a, b) => isDead(a) - isDead(b) || lengths[b]! - lengths[a]! || a - b)
    .slice(0, MOST);
  const weightTensor = unitsInData(layers, units);
  const weights = (await weightTensor.data()) as Float32Array;
  weightTensor.dispose();
  return {
    count: units.length,
    width,
    height,
    pixels: shades(weights),
    units,
    dead: Uint8Array.from(units, isDead),
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
