import { foldKey, type RandomKey } from '@deepbelief/random';
import { drawCut, paintBackground } from './background.ts';
import { Draws } from './draws.ts';
import { clutter } from './junk.ts';
import { createLayer, overlay, type Layer } from './layer.ts';
import {
  CONTRASTS, exampleOrder, INSTANCES, NONE, partKey, pictureSide, SCALES, type Example, type Part, type Variant,
} from './protocol.ts';
import { renderToy, type View } from './render-toy.ts';
import { makeTextures, type Texture } from './texture.ts';
import { modelOf, toys, type Model } from './toys.ts';

/** Pixels a unit of length for a toy of full size, by the side of the picture. */
const PIXELS_A_UNIT = 0.375;
/** How much darker a shadow makes the ground. */
const SHADOW = 0.45;

/** Renders the pairs of a part one by one, in any order. */
export interface PairRenderer {
  /** What pair `index` shows. */
  example(index: number): Example;
  /** Draws pair `index` into `out`, [2 · side · side] bytes: the left eye, then the right. */
  render(index: number, out: Uint8Array): void;
}

/** A renderer of pairs. The same seed, variant, part and index give the same bytes. */
export function createPairRenderer(seed: number, variant: Variant, part: Part): PairRenderer {
  const key = partKey(seed, variant, part);
  const example = exampleOrder(variant, part, key);
  const side = pictureSide(variant);
  const scene = new Scene(side, variant === 'plain' ? [] : makeTextures(foldKey(key, 'textures')));
  const pictures = foldKey(key, 'pictures');
  return {
    example,
    render: (index, out) => {
      if (variant === 'plain') scene.plain(example(index));
      else scene.cluttered(example(index), part, foldKey(pictures, index));
      scene.write(out);
    },
  };
}

class Scene {
  readonly #side: number;
  readonly #textures: readonly Texture[];
  readonly #layers: readonly [Layer, Layer];
  readonly #pictures: readonly [Float32Array, Float32Array];

  constructor(side: number, textures: readonly Texture[]) {
    this.#side = side;
    this.#textures = textures;
    this.#layers = [createLayer(side), createLayer(side)];
    this.#pictures = [new Float32Array(side * side), new Float32Array(side * side)];
  }

  plain({ category, instance, elevation, azimuth, lighting }: Example): void {
    for (const picture of this.#pictures) picture.fill(0.72);
    const view = { elevation: 30 + 5 * elevation, azimuth: 10 * azimuth, lighting };
    this.#add(modelOf(toys[category]![instance]!), view, [0, 0], 1, 0, 0.85, 0, SHADOW, (value) => value);
  }

  cluttered(example: Example, part: Part, key: RandomKey): void {
    const draws = new Draws(key);
    const cut = drawCut(draws, this.#textures);
    for (const eye of [0, 1]) paintBackground(this.#pictures[eye]!, this.#side, cut, eye);
    const empty = example.category === NONE;
    const view: View = empty
      ? { elevation: 30 + 5 * draws.whole(0, 8), azimuth: 0, lighting: draws.whole(0, 5) }
      : { elevation: 30 + 5 * example.elevation, azimuth: 10 * example.azimuth, lighting: example.lighting };
    const other = (): View => ({ ...view, azimuth: draws.between(0, 360) });
    // Clutter, a toy at the edge, then the toy in the middle.
    const pieces = draws.whole(0, 1) + (empty ? 1 : 0);
    for (let i = 0; i < pieces; i++) {
      const distance = empty && i === 0 ? draws.between(20, 40) : draws.between(45, 62);
      this.#aside(modelOf(draws.pick(clutter)), other(), draws, distance, empty && i === 0 ? 1 : 0.75);
    }
    const distractor = toys[draws.whole(0, 4)]![draws.pick(INSTANCES[part])]!;
    this.#aside(modelOf(distractor), other(), draws, draws.between(48, 60), 0.75);
    if (empty) return;
    const { shiftX, shiftY, luminance, contrast, scale, rotation } = example;
    const factor = CONTRASTS[contrast]!;
    const albedo = draws.between(0.55, 1);
    const tone = (value: number): number => 0.45 + (value - 0.45) * factor + luminance / 255;
    this.#add(
      modelOf(toys[example.category]![example.instance]!), view, [shiftX, shiftY], SCALES[scale]!, rotation, albedo, 0, SHADOW, tone,
    );
  }

  /** Adds something at a distance from the middle. */
  #aside(model: Model, view: View, draws: Draws, distance: number, size: number): void {
    const angle = draws.between(0, 2 * Math.PI);
    const shift = [distance * Math.cos(angle), distance * Math.sin(angle)] as const;
    const albedo = draws.between(0.35, 1);
    const scale = size * draws.between(0.8, 1);
    this.#add(model, view, shift, scale, draws.between(-8, 8), albedo, draws.between(-3, 3), SHADOW, (value) => value);
  }

  #add(
    model: Model, view: View, [right, down]: readonly [number, number], size: number, roll: number, albedo: number,
    disparity: number, darkness: number, tone: (value: number) => number,
  ): void {
    const scale = size * PIXELS_A_UNIT * this.#side;
    const left = { shift: [right, down] as const, scale, roll };
    renderToy(this.#layers, model, view, [left, { ...left, shift: [right - disparity, down] }], { albedo, gloss: 0.12 });
    for (const [eye, layer] of this.#layers.entries()) {
      const { brightness, nearness } = layer;
      for (let i = 0; i < brightness.length; i++) if (nearness[i]! > 0) brightness[i] = tone(brightness[i]!);
      overlay(layer, this.#pictures[eye as 0 | 1], darkness);
    }
  }

  write(out: Uint8Array): void {
    for (const [eye, picture] of this.#pictures.entries()) {
      const start = eye * picture.length;
      for (let i = 0; i < picture.length; i++) {
        out[start + i] = Math.max(0, Math.min(255, Math.round(picture[i]! * 255)));
      }
    }
  }
}
