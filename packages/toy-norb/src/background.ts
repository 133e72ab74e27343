import type { Draws } from './draws.ts';
import type { Texture, TextureBank } from './texture.ts';

/** How a background is cut from textures. */
export interface Cut {
  readonly texture: Texture;
  /**
   * Where the picture's middle is on the texture, how far it is turned (radians) and how many
   * texels a pixel has.
   */
  readonly at: readonly [x: number, y: number];
  readonly angle: number;
  readonly zoom: number;
  /** Mean brightness and contrast. */
  readonly tone: number;
  readonly contrast: number;
  /** How many pixels further left the right eye sees it. */
  readonly disparity: number;
}

/** Draws a random cut. */
export function drawCut(draws: Draws, textures: TextureBank): Cut {
  return {
    texture: textures(draws),
    at: [draws.between(0, 192), draws.between(0, 192)],
    angle: draws.between(0, 2 * Math.PI),
    zoom: draws.between(0.5, 1.4),
    tone: draws.between(0.25, 0.5),
    contrast: draws.between(0.035, 0.1),
    disparity: draws.between(-4, 4),
  };
}

/** Fills a picture of one eye, 0 left or 1 right. */
export function paintBackground(picture: Float32Array, side: number, cut: Cut, eye: number): void {
  const { values, side: size } = cut.texture;
  const [cosine, sine] = [Math.cos(cut.angle) * cut.zoom, Math.sin(cut.angle) * cut.zoom];
  const right = eye * cut.disparity - side / 2 + 0.5;
  for (let y = 0; y < side; y++) {
    const down = y - side / 2 + 0.5;
    for (let x = 0; x < side; x++) {
      // Shifted so that both are above 0 for every cut.
      const u = cut.at[0] + cosine * (x + right) - sine * down + 4 * size;
      const v = cut.at[1] + sine * (x + right) + cosine * down + 4 * size;
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const [fx, fy] = [u - i, v - j];
      const upper = (j % size) * size;
      const lower = ((j + 1) % size) * size;
      const [here, next] = [i % size, (i + 1) % size];
      const above = values[upper + here]! * (1 - fx) + values[upper + next]! * fx;
      const below = values[lower + here]! * (1 - fx) + values[lower + next]! * fx;
      picture[y * side + x] = cut.tone + cut.contrast * (above * (1 - fy) + below * fy);
    }
  }
}
