import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey, uniforms } from '@deepbelief/random';

/** Images of the sets that `writeIdxFolder` writes. */
export const TRAIN_SIZE = 300;
export const TEST_SIZE = 100;

/** Height and width of its images. */
export const SIDE = 8;

/**
 * Writes the four files of a small dataset of ten classes, each with a bright row of its own and
 * noise; the folder.
 */
export function writeIdxFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [prefix, count, key] of [
    ['train', TRAIN_SIZE, 1],
    ['t10k', TEST_SIZE, 2],
  ] as const) {
    const noise = uniforms(randomKey(key), count * SIDE * SIDE);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    const images = Uint8Array.from(noise, (uniform, i) => {
      const row = Math.floor(i / SIDE) % SIDE;
      const bright = row === labels[Math.floor(i / (SIDE * SIDE))]! % SIDE;
      return Math.floor(uniform * (bright ? 256 : 64));
    });
    writeFileSync(join(folder, `${prefix}-images-idx3-ubyte`), idx([count, SIDE, SIDE], images));
    writeFileSync(join(folder, `${prefix}-labels-idx1-ubyte`), idx([count], labels));
  }
  return folder;
}

/**
 * An idx file of bytes: two zeros, the type, the number of dimensions, each dimension as a
 * big-endian word, the values.
 */
export function idx(shape: readonly number[], values: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((extent, i) => header.writeUInt32BE(extent, 4 + 4 * i));
  return Buffer.concat([header, values]);
}
