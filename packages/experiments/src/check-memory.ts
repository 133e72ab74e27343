import { totalmem } from 'node:os';
import { UserError } from './user-error.ts';

/**
 * The numbers that a layer in training holds for each parameter, at least: itself, its change and
 * its gradient.
 */
const COPIES = 3;

const BYTES = 4;

/** This machine's memory in bytes, or the share of it that a container may use. */
export function memoryHere(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** A layer whose units share weights, as in a convolution. */
export interface SharingLayer {
  readonly size: number;
  /** Weights to the layer below. */
  readonly weights: number;
}

/**
 * Refuses a stack that cannot fit into memory, before anything is allocated. The layers below keep
 * their weights while one is trained.
 *
 * @param inputs values of an example
 * @param layers the units of each layer, and its weights if units share them
 * @param available bytes
 * @throws UserError that gives the bytes needed, the bytes available and what would fit
 */
export function checkMemory(
  inputs: number,
  layers: readonly (number | SharingLayer)[],
  available: number = memoryHere(),
): void {
  let [below, kept] = [inputs, 0];
  for (const [i, layer] of layers.entries()) {
    const isSharing = typeof layer !== 'number';
    const size = isSharing ? layer.size : layer;
    const parameters = (isSharing ? layer.weights : below * size) + below + size;
    const needed = BYTES * (kept + COPIES * parameters);
    if (needed > available) {
      const room = Math.floor((available / BYTES - kept - COPIES * below) / (COPIES * (below + 1)));
      const remedy =
        room >= 1 && !isSharing
          ? `at most ${room} units of this layer fit`
          : `make ${isSharing ? 'pictures or filters' : 'the layers below'} smaller`;
      throw new UserError(
        `--layers: layer ${i + 1}, ${size} units on ${below}, needs at least ` +
          `${bytes(needed)} for weights, changes and ` +
          `gradients, but this machine has ${bytes(available)}: ${remedy}`,
      );
    }
    kept += parameters;
    below = size;
  }
}

function bytes(count: number): string {
  const unit = Math.min(4, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return `${(count / 1000 ** unit).toPrecision(3)} ${['bytes', 'kB', 'MB', 'GB', 'TB'][unit]}`;
}
