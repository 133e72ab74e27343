import { createLayer, GRAIN, overlay, type Layer } from './layer.ts';
import { renderToy, type View } from './render-toy.ts';
import type { Model } from './toys.ts';

/** How to draw a toy over the picture. */
interface Touch {
  /** Pixels from the middle. */
  readonly shift: readonly [right: number, down: number];
  /** 1 for full size. */
  readonly size: number;
  /** Degrees clockwise. */
  readonly roll: number;
  /** Share of the light that the toy scatters. */
  readonly albedo: number;
  /** How many pixels further left the right eye sees it. */
  readonly disparity?: number;
  /** Strength of the toy's highlights. */
  readonly gloss?: number;
  /**
   * How much more light, as a fraction, falls on the right and the lower edge of the picture than
   * on its middle.
   */
  readonly falloff?: readonly [right: number, down: number];
  /** The toy's contrast around medium brightness, and an offset added to it. */
  readonly contrast?: number;
  readonly luminance?: number;
}

/** The two pictures of an unfinished pair. Brightness goes from 0, black, to 1, white. */
export interface Canvas {
  readonly side: number;
  /** [side · side] for each eye. */
  readonly pictures: readonly [Float32Array, Float32Array];
  /** Draws a toy and its shadow over both. */
  add(model: Model, view: View, touch: Touch): void;
  /** Returns both as bytes, one after the other. */
  write(out: Uint8Array): void;
}

/** Pixels per unit of length for a full-size toy, as a share of the picture's side. */
const SCALE = 0.375;
/** How much of the ground's brightness a shadow removes. */
const SHADOW = 0.45;
/** The brightness that contrast does not change. */
const MIDDLE = 0.45;

/** Makes a canvas of `side` × `side` pixels per eye. */
export function createCanvas(side: number): Canvas {
  const layers: readonly [Layer, Layer] = [createLayer(side), createLayer(side)];
  const pictures = [new Float32Array(side * side), new Float32Array(side * side)] as const;
  return {
    side,
    pictures,
    add(model, view, touch) {
      const { shift, size, roll, albedo, disparity = 0, gloss = 0.12 } = touch;
      const left = { shift, scale: size * SCALE * side, roll };
      const right = { ...left, shift: [shift[0] - disparity, shift[1]] as const };
      renderToy(layers, model, view, [left, right], { albedo, gloss });
      for (const eye of [0, 1] as const) {
        finish(layers[eye], touch);
        overlay(layers[eye], pictures[eye], SHADOW);
      }
    },
    write(out) {
      for (const [eye, picture] of pictures.entries()) {
        for (const [i, value] of picture.entries()) {
          out[eye * picture.length + i] = Math.max(0, Math.min(255, Math.round(value * 255)));
        }
      }
    },
  };
}

/** Converts light that reaches the eye to brightness. */
function finish(
  { side, nearness, brightness }: Layer,
  { falloff = [0, 0], contrast = 1, luminance = 0 }: Touch,
): void {
  const stride = side * GRAIN;
  const across = (2 * falloff[0]) / stride;
  for (let y = 0, at = 0; y < stride; y++) {
    const light = 1 + falloff[1] * ((2 * y) / stride - 1) - falloff[0];
    for (let x = 0; x < stride; x++, at++) {
      if (nearness[at]! > 0)
        brightness[at] =
          MIDDLE + luminance + contrast * (brightness[at]! * (light + across * x) - MIDDLE);
    }
  }
}
