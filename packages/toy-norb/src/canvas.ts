import { createLayer, overlay, type Layer } from './layer.ts';
import { renderToy, type View } from './render-toy.ts';
import type { Model } from './toys.ts';

/** How a toy is laid over what is there. */
export interface Touch {
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
  /** From the light that reaches the eye to brightness. */
  readonly tone?: (light: number) => number;
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
const GLOSS = 0.12;

/** A canvas of `side` × `side` pixels an eye. */
export function createCanvas(side: number): Canvas {
  const layers: readonly [Layer, Layer] = [createLayer(side), createLayer(side)];
  const pictures = [new Float32Array(side * side), new Float32Array(side * side)] as const;
  return {
    side,
    pictures,
    add(model, view, { shift, size, roll, albedo, disparity = 0, tone }) {
      const left = { shift, scale: size * SCALE * side, roll };
      const right = { ...left, shift: [shift[0] - disparity, shift[1]] as const };
      renderToy(layers, model, view, [left, right], { albedo, gloss: GLOSS });
      for (const eye of [0, 1] as const) {
        const { brightness, nearness } = layers[eye];
        if (tone !== undefined) {
          for (let i = 0; i < brightness.length; i++) if (nearness[i]! > 0) brightness[i] = tone(brightness[i]!);
        }
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
