import { foldKey, type RandomKey } from '@deepbelief/random';
import { Draws } from './draws.ts';

/** A square picture that backgrounds are cut from, with mean 0 and standard deviation 1. */
export interface Texture {
  readonly side: number;
  /** [side · side]. */
  readonly values: Float32Array;
}

/** Returns one of a set of textures; each is made on first use. */
export type TextureBank = (draws: Draws) => Texture;

const SIDE = 192;
/** Number of textures in a set. */
const COUNT = 40;

/**
 * Makes textures with the statistics of natural pictures: shaded leaves, some round, some angular,
 * that fall on each other over fractal noise. The density of sizes falls with their cube.
 *
 * Source: A. Lee, D. Mumford, J. Huang, "Occlusion models for natural images", IJCV 41 (2001).
 */
export function textureBank(key: RandomKey): TextureBank {
  const made = new Map<number, Texture>();
  return (draws) => {
    const number = draws.whole(0, COUNT - 1);
    let texture = made.get(number);
    if (texture === undefined)
      made.set(number, (texture = makeTexture(new Draws(foldKey(key, number)))));
    return texture;
  };
}

function makeTexture(draws: Draws): Texture {
  const values = new Float32Array(SIDE * SIDE);
  addNoise(values, draws, draws.between(0.2, 1));
  const leaves = draws.whole(0, 260);
  const [smallest, largest] = [draws.between(3, 8), draws.between(20, 60)];
  for (let i = 0; i < leaves; i++) addLeaf(values, draws, smallest, largest);
  addNoise(values, draws, draws.between(0, 0.5));
  return standardized(values);
}

/** Adds value noise in octaves, each half as large and half as strong. */
function addNoise(values: Float32Array, draws: Draws, strength: number): void {
  const stretch = draws.chance(0.35) ? draws.whole(2, 4) : 1;
  const upright = draws.chance(0.5);
  for (let cells = 3, weight = strength; cells <= 48; cells *= 2, weight *= 0.6) {
    const [across, down] = upright ? [cells * stretch, cells] : [cells, cells * stretch];
    addOctave(values, draws, across, down, weight);
  }
}

function addOctave(
  values: Float32Array,
  draws: Draws,
  across: number,
  down: number,
  weight: number,
): void {
  const grid = Float32Array.from({ length: across * down }, () => draws.between(-weight, weight));
  for (let y = 0; y < SIDE; y++) {
    const v = (y * down) / SIDE;
    const [j, fy] = [Math.floor(v), smooth(v - Math.floor(v))];
    const [upper, lower] = [j * across, ((j + 1) % down) * across];
    for (let x = 0; x < SIDE; x++) {
      const u = (x * across) / SIDE;
      const i = Math.floor(u);
      const [fx, next] = [smooth(u - i), (i + 1) % across];
      const above = grid[upper + i]! * (1 - fx) + grid[upper + next]! * fx;
      const below = grid[lower + i]! * (1 - fx) + grid[lower + next]! * fx;
      values[y * SIDE + x]! += above * (1 - fy) + below * fy;
    }
  }
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function addLeaf(values: Float32Array, draws: Draws, smallest: number, largest: number): void {
  // Between the two, the density of radii r falls as r⁻³.
  const u = draws.between(0, 1);
  const radius = 1 / Math.sqrt(smallest ** -2 + u * (largest ** -2 - smallest ** -2));
  const flat = radius * draws.between(0.35, 1);
  const [x0, y0, angle] = [
    draws.between(0, SIDE),
    draws.between(0, SIDE),
    draws.between(0, Math.PI),
  ];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const tone = draws.between(-1.6, 1.6);
  const [slopeX, slopeY] = [draws.between(-0.7, 0.7), draws.between(-0.7, 0.7)];
  const power = draws.chance(0.5) ? 2 : 12;
  const reach = Math.ceil(radius * 1.42);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const u1 = (dx * cosine + dy * sine) / radius;
      const v1 = (dy * cosine - dx * sine) / flat;
      if (Math.abs(u1) ** power + Math.abs(v1) ** power > 1) continue;
      const at = wrapped(Math.floor(y0) + dy) * SIDE + wrapped(Math.floor(x0) + dx);
      values[at] = tone + slopeX * u1 + slopeY * v1;
    }
  }
}

function wrapped(i: number): number {
  return ((i % SIDE) + SIDE) % SIDE;
}

function standardized(values: Float32Array): Texture {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(squares / values.length - mean * mean);
  return { side: SIDE, values: values.map((value) => (value - mean) / deviation) };
}
