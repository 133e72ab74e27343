import { gaussian, nrelu } from '@deepbelief/units';
import { fill, tensor2d, type Rank } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createRbm, localFields, RbmTrainer } from '../src/index.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const [HEIGHT, WIDTH, CHANNELS, UNITS] = [6, 8, 2, 960];
const inputs = HEIGHT * WIDTH * CHANNELS;
const shape = [HEIGHT, WIDTH, CHANNELS] as const;

/** Which pixels a unit sees, by rows; all channels of them or none. */
function seen(values: readonly (readonly number[])[], unit: number): boolean[][] {
  return Array.from({ length: HEIGHT }, (_, y) =>
    Array.from({ length: WIDTH }, (_unused, x) => {
      const channels = Array.from(
        { length: CHANNELS },
        (_c, c) => values[(y * WIDTH + x) * CHANNELS + c]![unit] !== 0,
      );
      expect(new Set(channels).size).toBe(1);
      return channels[0]!;
    }),
  );
}

test('each unit sees a square, or what of it lies in the picture, and its weights are scaled to the same variance', () =>
  expectNoLeak(() => {
    const layer = { weights: fill<Rank.R2>([inputs, UNITS], 2) };
    localFields(layer, { shape, side: 3, seed: 4 });
    const values = layer.weights.arraySync();
    layer.weights.dispose();
    const places = new Map<string, number>();
    for (let unit = 0; unit < UNITS; unit++) {
      const pixels = seen(values, unit);
      const rows = pixels.flatMap((row, y) => (row.includes(true) ? [y] : []));
      const columns = Array.from({ length: WIDTH }, (_, x) => x).filter((x) =>
        pixels.some((row) => row[x]),
      );
      const inside = rows.length * columns.length;
      expect(pixels.flat().filter(Boolean)).toHaveLength(inside);
      for (const side of [rows, columns]) {
        expect(Math.max(...side) - Math.min(...side) + 1).toBe(side.length);
        expect([2, 3]).toContain(side.length);
      }
      const squares = values.reduce((sum, row) => sum + row[unit]! ** 2, 0);
      expect(squares / (4 * inputs)).toBeCloseTo(1, 5);
      const place = `${rows.join('')} ${columns.join('')}`;
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    // From one pixel beyond each edge: 6 · 8 places, drawn alike.
    expect(places.size).toBe(48);
    for (const count of places.values())
      expect(Math.abs(count - UNITS / 48)).toBeLessThan(5 * Math.sqrt(UNITS / 48));
  }));

test('the seed decides the places', () =>
  expectNoLeak(() => {
    const fields = (seed?: number): number[] => {
      const layer = { weights: fill<Rank.R2>([inputs, 5], 1) };
      localFields(layer, { shape, side: 4, ...(seed === undefined ? {} : { seed }) });
      const values = [...layer.weights.dataSync()];
      layer.weights.dispose();
      return values;
    };
    expect(fields(0)).toEqual(fields());
    expect(fields(1)).not.toEqual(fields());
  }));

test('an RBM trained with keepZeros keeps its fields', () =>
  expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: gaussian(), size: inputs },
      hidden: { units: nrelu(), size: 4 },
      seed: 1,
    });
    localFields(rbm, { shape, side: 3 });
    const before = [...rbm.weights.dataSync()];
    const trainer = new RbmTrainer(rbm, { learningRate: 0.01, keepZeros: true });
    const batch = tensor2d(
      Array.from({ length: 3 * inputs }, (_, i) => Math.sin(i)),
      [3, inputs],
    );
    for (let step = 0; step < 3; step++) trainer.step(batch);
    const after = [...rbm.weights.dataSync()];
    expect(after.map((w) => w === 0)).toEqual(before.map((w) => w === 0));
    expect(after).not.toEqual(before);
    for (const owner of [batch, trainer, rbm]) owner.dispose();
  }));

test.each([
  [
    { shape: [6, 8, 3], side: 3 },
    "localFields: shape is 6×8×3, 144 values, expected the layer's 96 inputs",
  ],
  [{ shape, side: 7 }, 'localFields: side is 7'],
  [{ shape, side: 0 }, 'localFields: side is 0'],
  [{ shape, side: 1.5 }, 'localFields: side is 1.5'],
] as const)('%j is refused', (options, message) =>
  expectNoLeak(() => {
    const layer = { weights: fill<Rank.R2>([inputs, 2], 1) };
    expect(() => localFields(layer, options)).toThrow(message);
    layer.weights.dispose();
  }),
);
