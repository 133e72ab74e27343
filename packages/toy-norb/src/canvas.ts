import { createLayer, GRAIN, overlay, type Layer } from './layer.ts';
import { renderToy, type View } from './render-toy.ts';
import type { Model } from './toys.ts';

/** How a toy is laid over what is there. */
interface Touch {
  /** Pixels from the middle. */
  readonly shift: readonly [right: number, down: number];
  /** 1 for full size. */
  readonly size: number;
  /** Degrees clockwise. */
  readonly roll: number;
  /** Part of the light that the toy scatters. */
  readonly albedo: number;
  /** Pixels by which the right eye sees it further to the left. */
  readonly disparity?: number;
  /** Strength of the toy's highlights. */
  readonly gloss?: number;
  /**
   * How much more light falls at the right and at the lower edge of the picture than in its middle,
   * as a fraction.
   */
  readonly falloff?: readonly [right: number, down: number];
  /** The toy's contrast about a middling brightness, and what is added to that. */
  readonly contrast?: number;
  readonly luminance?: number;
}

/** The two pictures of a pair in the making; brightness is 0 for black to 1 for white. */
export interface Canvas {
  readonly side: number;
  /** [side · side] for each eye. */
  readonly pictures: readonly [Float32Array, Float32Array];
  /** Lays a toy and its shadow over both. */
  add(model: Model, view: View, touch: Touch): void;
  /** Both as bytes, one after the other. */
  write(out: Uint8Array): void;
}

/** Pixels a unit of length for a toy of full size, as a part of the picture's side. */
const SCALE = 0.375;
/** How much of the ground's brightness a shadow takes. */
const SHADOW = 0.45;
/** The brightness that contrast leaves as it is. */
const MIDDLE = 0.45;

/** A canvas of `side` × `side` pixels an eye. */
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

/** From the light that reaches the eye to brightness. */
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
